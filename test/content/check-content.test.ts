import { describe, expect, it } from 'vitest'
import { checkContent, mayPublish } from '../../src/content/check-content.ts'
import type { ContentVersion } from '../../src/content/content.ts'
import { createMessages } from '../../src/messages/messages.ts'

const messages = await createMessages()
const today = '2017-03-15'

const version = (body: string, more: Partial<ContentVersion> = {}): ContentVersion => ({
  id: 1,
  contentId: 1,
  code: 'a',
  kind: 'reminder',
  number: 1,
  state: 'draft',
  texts: { 'zh-CN': { title: '一条规矩', body } },
  source: '某县换届办，2017年第3号',
  sourceUrl: '',
  issuedOn: null,
  validFrom: null,
  validUntil: null,
  isSample: false,
  authorId: 1,
  publishedById: null,
  ...more,
})
const check = (one: ContentVersion, electionDays?: string[]) =>
  checkContent(one, { today, t: messages.in, ...(electionDays ? { electionDays } : {}) })
const found = (body: string, more: Partial<ContentVersion> = {}, electionDays?: string[]) =>
  check(version(body, more), electionDays).map(({ kind, what }) => [kind, what])

describe('content that may be published', () => {
  it('has a title or words, a source, and nothing that is forbidden', () => {
    expect(found('不收礼，不吃请。举报电话12388，急事打110。')).toEqual([])
    expect(found('{村名}的乡亲：{选举日}投票，还有{天数}天。')).toEqual([])
  })

  it('says something, in Chinese if it can', () => {
    expect(check(version('', { texts: {} }))).toMatchObject([{ kind: 'empty', stops: true }])
    const english = { en: { title: 'A rule', body: 'No gifts.' } }
    expect(check(version('', { texts: english }))).toMatchObject([
      { kind: 'no-chinese', stops: false },
    ])
  })

  it('names its source; a notice of the office itself is only asked for it', () => {
    expect(check(version('不收礼', { source: ' ' }))).toMatchObject([
      { kind: 'no-source', stops: true },
    ])
    const notice = check(version('明天开会', { source: '', kind: 'notice' }))
    expect([notice.length, mayPublish(notice)]).toEqual([1, true])
  })

  it('is not over', () => {
    expect(found('不收礼', { validUntil: '2017-03-14' })).toEqual([['out-of-date', '2017-03-14']])
    expect(found('不收礼', { validUntil: today })).toEqual([])
  })

  it('fits into one message of Telegram, with the longest name of a village', () => {
    expect(found('一'.repeat(4_060))).toEqual([])
    expect(found('一'.repeat(4_090))).toEqual([['too-long', '19']])
    const media = { kind: 'photo' as const, fileId: 'x' }
    const texts = { 'zh-CN': { title: '题', body: '一'.repeat(1_020), media } }
    expect(found('', { texts }).map(([kind]) => kind)).toEqual(['too-long'])
  })

  it('leaves open only what can be filled in', () => {
    expect(found('{姓名}您好')).toEqual([['unknown-blank', '{姓名}']])
  })

  it('has a right answer to its question', () => {
    const quiz = { question: '能收吗？', options: ['能', '不能'], right: 2, explanation: '不能收' }
    const texts = { 'zh-CN': { title: '题', body: '不收礼', quiz } }
    expect(found('', { texts })).toEqual([['bad-question', '能收吗？']])
  })

  it('leaves nothing open in its question, which is the same for every village', () => {
    const quiz = { question: '{村名}哪天投票？', options: ['{选举日}', '{街名}'], right: 0 }
    const texts = {
      'zh-CN': {
        title: '题',
        body: '{村名}{选举日}投票',
        quiz: { ...quiz, explanation: '看通知' },
      },
    }
    expect(found('', { texts })).toEqual([
      ['blank-in-question', '{村名}'],
      ['blank-in-question', '{选举日}'],
      ['blank-in-question', '{街名}'],
    ])
  })
})

describe('numbers that name somebody', () => {
  it.each([
    ['打13800138000', 'phone', '13800138000'],
    ['打138 0013-8000', 'phone', '13800138000'],
    ['打１３８００１３８０００', 'phone', '13800138000'],
    ['身份证330802199001011234', 'id-number', '330802199001011234'],
    ['身份证33080219900101123x', 'id-number', '33080219900101123x'],
    ['老身份证330802 550301 123', 'id-number', '330802550301123'],
    ['卡号4111 1111 1111 1111', 'id-number', '4111111111111111'],
    ['办公室0570-8012380', 'landline', '05708012380'],
  ])('in “%s” are found', (body, kind, what) => {
    expect(found(body)).toEqual([[kind, what]])
  })

  it.each([
    '举报电话12380',
    '请打12380 12388 12345 110',
    '2017年3月20日上午8:30',
    '每户200元，共60个红包',
    '1483个村',
    '全文见 https://www.gov.cn/art/20170301/13800138000.html',
  ])('are not seen in “%s”', (body) => {
    expect(found(body)).toEqual([])
  })
})

describe('a name in a case', () => {
  it.each([
    ['村民张三向选民发红包', ['张三']],
    ['自荐人戴小明在微信群发红包，党员王大伟收下', ['戴小明', '王大伟']],
    ['支部副书记叶建国送大闸蟹', ['叶建国']],
    ['候选人欧阳峰等人请客', ['欧阳峰']],
    ['指使李四、委托陈五给钱', ['李四', '陈五']],
    ['戴国强在微信群发红包，当晚被拘留', ['戴国强']],
    ['岩头村陈建国通过哥哥送钱', ['陈建国']],
    ['当选村主任的徐大山（男，45岁）请客', ['徐大山']],
    ['A nominee, Chen Guoqiang, sent red packets in Wang Village', ['Chen Guoqiang']],
  ])('is found in “%s”', (body, names) => {
    expect(found(body, { kind: 'case' })).toEqual(names.map((name) => ['name', name]))
  })

  it.each([
    '村民张某向选民发红包，自荐人戴某某被取消资格',
    '党员何时何地都不能收礼',
    '岩头村陈某某通过哥哥送钱，张贴大字报，陈列品送人，方便面在路上发',
    '天台县洪畴镇福丁村，王书记向村民送烟',
    'Chen Mou sent red packets in Li Town',
    '候选人许诺给钱',
    '选民高度警惕，代表任期三年',
    '支部副书记叶某某买来大闸蟹，送给17名老党员',
  ])('is not seen in “%s”', (body) => {
    expect(found(body, { kind: 'case' })).toEqual([])
  })

  it('is no matter outside of cases: an office may name its people', () => {
    expect(found('联系村民张三领取材料')).toEqual([])
  })
})

describe('an election day in the text', () => {
  it.each([
    ['3月20日投票', [['fixed-day', '3月20日']]],
    ['名单3月1日张榜', []],
    ['2月30日投票', [['wrong-day', '2月30日']]],
    ['The vote is on 20 March.', [['fixed-day', '20 March']]],
  ])('without villages: “%s”', (body, problems) => {
    expect(found(body)).toEqual(problems)
  })

  it.each([
    ['3月20日投票', []],
    ['3月21日投票。名单3月1日张榜。', [['wrong-day', '3月21日']]],
    ['选举日是2016年3月20日', [['wrong-day', '2016年3月20日']]],
    ['三月二十一日，全村投票', [['wrong-day', '三月二十一日']]],
    ['选举日：2017-03-21', [['wrong-day', '2017-03-21']]],
    ['We vote on March 21st. The list is up on March 1.', [['wrong-day', 'March 21st']]],
    ['委托投票请在3月16日以前申请', []],
  ])('for villages that vote on 20 March: “%s”', (body, problems) => {
    expect(found(body, {}, ['2017-03-20'])).toEqual(problems)
  })
})

it('a day that only some villages vote on is asked about, and a case tells of other elections', () => {
  const days = ['2017-03-20', '2017-03-25']
  expect(found('3月20日投票', {}, days)).toEqual([['fixed-day', '3月20日']])
  expect(found('2016年3月24日投票时，方某某撕毁票箱', { kind: 'case' }, days)).toEqual([])
})

describe('a threat', () => {
  it.each([
    ['贿选构成破坏选举罪', 'threat'],
    ['贿选要坐牢', 'threat'],
    ['违反者影响子女考学', 'threat'],
    ['一律罚款5000元', 'fine'],
    ['罚2万元', 'fine'],
    ['罚款五千元', 'fine'],
    ['可以处两万元以下的罚款', 'fine'],
    ['A fine of 5,000 yuan', 'fine'],
    ['拘留三十日', 'threat'],
    ['犯了破坏选举的罪，判三年', 'threat'],
    ['It is the crime of sabotaging elections', 'threat'],
    ['Vote buyers go to prison', 'threat'],
    ['贿选的追究刑事责任', 'unconditional'],
  ])('that the law does not support is found in “%s”', (body, kind) => {
    expect([...new Set(found(body).map(([one]) => one))]).toEqual([kind])
  })

  it.each([
    '扰乱选举秩序的，可以拘留五日以上十日以下，可以并处五百元以下罚款',
    '构成犯罪的，依法追究刑事责任',
    '当选无效，取消候选人资格',
    '《刑法》第256条不适用于村委会选举',
    '警告，或者处二百元以下罚款',
  ])('that it does support is let through: “%s”', (body) => {
    expect(found(body)).toEqual([])
  })

  it('is no matter where it tells what became of a case', () => {
    expect(found('陈某某被罚款3000元，另案被判有期徒刑', { kind: 'case' })).toEqual([])
    expect(found('陈某某犯破坏选举罪', { kind: 'case' })).toEqual([['threat', '破坏选举罪']])
  })

  it('is measured by the law of the day: since 2026 the fines are higher and the article is another', () => {
    const on = (day: string, body: string) =>
      checkContent(version(body), { today: day, t: messages.in }).map(({ kind }) => kind)
    expect(on('2025-12-31', '处200元以下罚款')).toEqual([])
    expect(on('2026-01-01', '处200元以下罚款')).toEqual(['fine'])
    expect(on('2025-12-31', '可以并处二千元以下罚款')).toEqual(['fine'])
    expect(on('2026-01-01', '可以并处二千元以下罚款')).toEqual([])
    expect(on('2025-12-31', '按《治安管理处罚法》第二十三条处理')).toEqual([])
    expect(on('2026-01-01', '按《治安管理处罚法》第二十三条处理')).toEqual(['old-article'])
  })
})
