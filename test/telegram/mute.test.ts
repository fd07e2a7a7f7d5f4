import { expect, it } from 'vitest'
import { castGroup, fileTip } from '../support/cast.ts'
import { createStage } from '../support/stage.ts'

const stage = await createStage()
const group = await castGroup(stage, { name: '龙游县第一督导组' })
const village = '龙洲街道 半爿月'
const wang = await stage.villager(911)

it('a supervisor silences who files nonsense; the villager is told until when, and may appeal', async () => {
  const { number } = await fileTip(wang, { village })
  const { message_id } = await group.supervisor.last()
  await group.outsider.says('/mute', { reply_to: message_id })
  expect((await group.supervisor.last()).text).toContain('还没有登记')
  await group.supervisor.says(`/mute ${number}`)
  expect((await group.supervisor.last()).text).toMatch(/^举报人.-\d\d（QF-\d+）反复乱报吗？/)
  await group.supervisor.presses('停 24 小时')
  expect((await group.supervisor.last()).text).toContain('24 小时之内不能再报')

  await wang.says('/report')
  const notice = await wang.last()
  expect(notice.text).toMatch(/等到 \d{4}-\d\d-\d\d \d\d:\d\d/)
  expect(notice.text).toContain('110')
  await wang.presses('我要举报').catch(() => {})
  await wang.says('我要举报')
  expect((await wang.last()).text).toContain('不能交新的举报')

  await wang.presses('我有话说')
  await wang.says('我报的都是真的')
  expect((await wang.last()).text).toContain('交给上一级了')
  // Nothing above is bound here: the admins judge.
  expect((await group.admin.last()).text).toContain('我报的都是真的')
  await group.admin.presses('解除')
  expect((await wang.last()).text).not.toContain('举报')
  expect(await wang.opens()).toContain('又可以举报了')
  await fileTip(wang, { village })
})
