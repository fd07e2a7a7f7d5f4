import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { displayName } from '../../src/areas/area-name.ts'
import { parseAreas } from '../../src/areas/parse-areas.ts'
import { type ContentProblem, checkContent } from '../../src/content/check-content.ts'
import type { ContentVersion } from '../../src/content/content.ts'
import { findNames } from '../../src/content/find-names.ts'
import { createMessages } from '../../src/messages/messages.ts'

const messages = await createMessages()

const version = (body: string, more: Partial<ContentVersion>): ContentVersion => ({
  ...{ id: 1, contentId: 1, code: 'a', kind: 'reminder', number: 1, state: 'draft' },
  texts: { 'zh-CN': { title: '', body } },
  ...{ source: '某县换届办，2017年第3号', sourceUrl: '', isSample: false },
  ...{ issuedOn: null, validFrom: null, validUntil: null, authorId: 1, publishedById: null },
  ...more,
})
type Options = { today?: string; electionDays?: string[] }
const check = (body: string, more: Partial<ContentVersion> = {}, options: Options = {}) =>
  checkContent(version(body, more), { today: '2017-03-15', t: messages.in, ...options })
const about = (kinds: ContentProblem['kind'][], problems: ContentProblem[]) =>
  problems.flatMap(({ kind, what }) => (kinds.includes(kind) ? [what] : []))

describe('a mobile number', () => {
  it.each([
    ['１３８００１３８０００', '13800138000'],
    ['138 0013 8000', '13800138000'],
    ['138-0013—8000', '13800138000'],
    ['138 - 0013 - 8000', '13800138000'],
    ['（138）0013·8000', '13800138000'],
    ['1 3 8 0 0 1 3 8 0 0 0', '13800138000'],
    ['138\u200b0013\u200b8000', '13800138000'],
    ['1️⃣3800138000', '13800138000'],
    ['一三八零零一三八零零零', '13800138000'],
    ['幺三八 〇〇一三 八〇〇〇', '13800138000'],
    ['+86 138 0013 8000', '8613800138000'],
    ['0086-13800138000', '008613800138000'],
    ['013800138000', '013800138000'],
    ['13800138000转8001', '13800138000'],
    // Another number beside it hid it.
    ['13800138000 12380', '13800138000'],
    ['13800138000\n2017年3月开会', '13800138000'],
  ])('is found in %j', (body, number) => {
    expect(about(['phone'], check(`打${body}`))).toEqual([number])
  })

  it('is found beside another one', () => {
    expect(about(['phone'], check('打13800138000 13900139000'))).toEqual([
      '13800138000',
      '13900139000',
    ])
  })

  it.each(['138****8000', '2016-12-20 2017-01-13', '村编号330825001214', '票数1350，收回1200'])(
    'is not seen in “%s”',
    (body) => {
      expect(check(body)).toEqual([])
    },
  )
})

describe('an identity card or a bank card', () => {
  it.each([
    ['330802199001011234', '330802199001011234'],
    ['３３０８０２１９９００１０１１２３Ｘ', '33080219900101123X'],
    ['330802 19900101 123x', '33080219900101123x'],
    ['330802-1990-0101-1234', '330802199001011234'],
    ['330802 550301 123', '330802550301123'],
    ['330802550301123', '330802550301123'],
    ['4111-1111-1111-1111', '4111111111111111'],
    ['4111111111111111', '4111111111111111'],
  ])('is found in %j', (body, number) => {
    expect(about(['id-number'], check(`号码${body}`))).toEqual([number])
  })

  it.each([
    '330802********1234',
    '信用代码91330802MA28F12345',
    '12380 12388 12345 110',
    '共发1234567890123456张',
  ])('is not seen in “%s”', (body) => {
    expect(about(['id-number'], check(body))).toEqual([])
  })
})

describe('a landline number', () => {
  it.each([
    ['办公室0570-8012380', '05708012380'],
    ['（0570）8012380', '05708012380'],
    ['电话8012380', '8012380'],
    ['热线：801-2380', '8012380'],
    ['400-800-1234', '4008001234'],
  ])('is asked about and may stay: “%s”', (body, number) => {
    expect(check(body)).toMatchObject([{ kind: 'landline', stops: false, what: number }])
  })

  it.each(['打12388、12380、12345', '急事打110，火警119，急救120', '中办发〔2009〕20号'])(
    'is no hotline or file number: “%s”',
    (body) => {
      expect(check(body)).toEqual([])
    },
  )
})

describe('a name in a case', () => {
  const names = (body: string) => about(['name'], check(body, { kind: 'case' }))

  it.each([
    ['村民徐大山送烟', '徐大山'],
    ['村党支部委员吕存帆对结果不满', '吕存帆'],
    ['社区党总支副书记周志庆因不满抢走材料', '周志庆'],
    ['镇党委副书记章华卫告诉记者', '章华卫'],
    ['村长候选人蔡俊红未经允许冲上台', '蔡俊红'],
    ['选举委员会主任蔡堂生正在宣读办法', '蔡堂生'],
    ['周立波书记请客', '周立波'],
    ['岩头村高建国在酒店宴请50余人', '高建国'],
    ['张伟通过哥哥送钱', '张伟'],
    ['陈建国、吴小明等人聚众吃喝', '吴小明'],
    ['其妻王小芳送来现金', '王小芳'],
    ['堂弟陈水根收下', '陈水根'],
    ['姓名：陈建国', '陈建国'],
    ['名叫王大伟的村民', '王大伟'],
    ['陈 建 国通过哥哥送钱', '陈建国'],
    ['徐大山，男，45岁，请客', '徐大山'],
    ['自荐人欧阳建送烟', '欧阳建'],
    ['候选人诸葛明亮请客', '诸葛明亮'],
    ['畲族村民蓝大明送茶叶', '蓝大明'],
    ['畲族村民雷金水送茶叶', '雷金水'],
    ['党员阿不都·热合曼收下', '阿不都·热合曼'],
    ['村民张三2016年送烟', '张三'],
    ['Nominee Zhu Guoqiang sent cigarettes', 'Zhu Guoqiang'],
  ])('is found in “%s”', (body, name) => {
    expect(names(body)).toEqual([name])
  })

  it.each([
    '王某、张某某、李×、陈XX、郑〇〇送烟',
    '陈某甲伙同陈某乙',
    '自荐人钱志某分发香烟',
    '吴某新、吴某刚商量，党员蒋某昌把煤气票送给许某某等6名党员',
    '村民李华（化名）请客。李华请客以后，李华被取消资格',
    '王书记请客，老陈收下，小李没有收',
    '村民何时向谁反映都可以，任何人不得在任期内向村民送钱物',
    '凌晨在家里，马上向上级报告；应当在村务公开栏公布，应带头向违纪行为说不',
    '给村民付钱、送黄酒、白酒和毛巾；曾多次向党员送礼',
    '选民登记以后，候选人许诺给钱，许多人没有收',
    '党员在王家坞村、方家村和李村收礼',
    '2016年第3号通报、经济合作社主任会议、委托方要在场',
    'Wang Mou sent cigarettes. He said so in Li Town',
  ])('is not seen in “%s”', (body) => {
    expect(check(body, { kind: 'case' })).toEqual([])
  })

  it('that is also a word is asked about, and may stay', () => {
    expect(check('村民高峰送烟', { kind: 'case' })).toMatchObject([
      { kind: 'likely-name', stops: false, what: '高峰' },
    ])
  })

  it('is never the name of a place, of which the shipped directory has 1,694', () => {
    const file = new URL('../../prisma/seed/quzhou-2016.csv', import.meta.url)
    const places = parseAreas(readFileSync(file)).rows.map(displayName)
    const taken = places.flatMap((place) =>
      [
        `${place}村民王某送烟`,
        `通过${place}等地的人`,
        `${place}在换届时，有人送烟`,
        `当选的${place}主任请客`,
        `${place}书记请客；${place}党员收下`,
      ].filter((body) => findNames(body).certain.length > 0),
    )
    expect(places.length).toBe(1694)
    expect(taken).toEqual([])
  })
})

describe('a day of the vote, where all vote on Monday 20 March 2017,', () => {
  const wrong = (body: string) =>
    about(['wrong-day'], check(body, {}, { electionDays: ['2017-03-20'] }))

  it.each([
    ['３月２１日投票', '3月21日'],
    ['三月廿一投票', '三月廿一'],
    ['二〇一六年三月二十日投票', '2016年三月二十日'],
    ['2017/3/21投票', '2017/3/21'],
    ['20170321投票', '20170321'],
    ['3.21投票', '3.21'],
    ['本月21日投票', '本月21日'],
    ['下月20号投票', '下月20号'],
    ['3月20—21日投票', '3月20—21日'],
    ['3月20日（星期二）投票', '3月20日(星期二)'],
    ['投票时间：\n3月21日上午8点', '3月21日'],
    ['候选人名单已经张榜，3月21日投票', '3月21日'],
    ['大家来投票！3月21日到场投票！', '3月21日'],
    ['We vote on Mar. 21', 'Mar 21'],
  ])('is wrong in %j', (body, day) => {
    expect(wrong(body)).toEqual([day])
  })

  it('is wrong under a title about the vote', () => {
    const texts = { 'zh-CN': { title: '投票通知', body: '3月21日上午八点，在文化礼堂。' } }
    const found = check('', { texts }, { electionDays: ['2017-03-20'] })
    expect(about(['wrong-day'], found)).toEqual(['3月21日'])
  })

  it.each([
    '3月20日（星期一）投票',
    '三月二十号，全村投票',
    '本月20日投票',
    '大家来投票！名单3月1日公布。',
    '2020年7月31日修订的办法规定了怎样投票',
    '投票点在3号楼，过半数、三分之二的选民投票',
    'We may vote in the hall of house 12',
  ])('is right, or no day of the vote, in “%s”', (body) => {
    expect(wrong(body)).toEqual([])
  })

  it('that nobody can count on is asked about', () => {
    const found = (body: string) => check(body, {}, { electionDays: ['2017-03-20', '2017-03-25'] })
    for (const body of ['农历三月初五投票', '正月初八投票', '下周一投票'])
      expect(found(body)).toMatchObject([{ kind: 'fixed-day', stops: false }])
  })
})

describe('a threat', () => {
  const threats = (body: string) => about(['threat', 'fine'], check(body))

  it.each([
    ['罚款伍仟元', '罚款伍仟'],
    ['罚你五千', '罚你五千'],
    ['罚五千块钱', '罚五千'],
    ['罚款¥5000', '罚款¥5000'],
    ['1.5万元罚款', '1.5万元罚款'],
    ['a 5,000-yuan fine', '5,000-yuan fine'],
    ['拘留一个月', '拘留一个月'],
    ['二十日以上拘留', '二十日以上拘留'],
    ['要吃牢饭', '牢饭'],
    ['送去劳教', '劳教'],
    ['子女不能参军入党', '子女不能参军入党'],
    ['取消低保', '取消低保'],
    ['取消选民资格', '取消选民资格'],
    ['不来投票扣补贴', '不来投票扣'],
    ['否则停水停电', '否则停水停电'],
  ])('that no law supports is found in “%s”', (body, place) => {
    expect(threats(body)).toEqual([place])
  })

  it.each([
    '贿选不会坐牢，但可能被拘留',
    '候选人的近亲属不得参加选举工作',
    '孩子不满十八岁，还不能投票',
    '依法被剥夺政治权利的人除外',
    '关于2017年换届的通知；有关3月的安排',
    '罚款2次、警告1次',
    '不投票也可以，弃权不追究',
    '处十日以上十五日以下拘留，可以并处一千元以下罚款',
  ])('is not seen in “%s”', (body) => {
    expect(threats(body)).toEqual([])
  })
})

describe('a source', () => {
  it.each(['', ' ', '无', '没有', '略', '…', '-', '网络', '待补', 'N/A', 'test'])(
    'that is none is missing: “%s”',
    (source) => {
      expect(check('不收礼', { source })).toMatchObject([{ kind: 'no-source', stops: true }])
    },
  )

  it.each(['某县换届办', '《村民委员会组织法》第十七条', '浙江在线（2011年2月25日）'])(
    'stays as it is: “%s”',
    (source) => {
      expect(check('不收礼', { source })).toEqual([])
    },
  )
})

describe('a text that does not fit Telegram', () => {
  it.each([
    ['<b>不收礼</b>', ['<b>', '</b>']],
    ['**不收礼**', ['**不收礼**']],
    ['[全文](https://www.gov.cn)', ['[全文](https://www.gov.cn)']],
    ['一分钱&nbsp;也不收', ['&nbsp;']],
    ['票数 3 < 5，[示意图]，姓名____', []],
  ])('because it is plain is asked about its marks: “%s”', (body, marks) => {
    const problems = check(body)
    expect(problems.map(({ kind, what }) => [kind, what])).toEqual(
      marks.map((mark) => ['markup', mark]),
    )
  })

  it('is measured with its source and in the units of Telegram, of which an emoji has two', () => {
    const media = { kind: 'photo' as const, fileId: 'x' }
    const under = (body: string) => check('', { texts: { 'zh-CN': { title: '', body, media } } })
    const sourced = '\n\n来源：某县换届办，2017年第3号'.length
    expect(under('一'.repeat(1_024 - sourced))).toEqual([])
    expect(about(['too-long'], under('一'.repeat(1_025 - sourced)))).toEqual(['1'])
    expect(about(['too-long'], under('🌾'.repeat((1_024 - sourced) / 2 + 2)))).toEqual(['3'])
  })

  it('has a question that fits as well', () => {
    const quiz = {
      question: '能'.repeat(3_000),
      options: ['能', '不能'],
      right: 1,
      explanation: '',
    }
    const texts = { 'zh-CN': { title: '题', body: '不收礼', quiz } }
    expect(check('', { texts })).toMatchObject([{ kind: 'long-question', stops: true }])
  })
})
