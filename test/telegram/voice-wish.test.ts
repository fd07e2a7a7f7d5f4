import { describe, expect, it } from 'vitest'
import { castGroup, writeTip } from '../support/cast.ts'
import { type Actor, createStage } from '../support/stage.ts'
import { voiceMessage } from '../tips/evidence/media/ogg.ts'

const stage = await createStage()
const group = await castGroup(stage, { name: '江山市第三督导组' })
const base64 = voiceMessage().toString('base64')
const speak = (actor: Actor) =>
  actor.act('upload', { files: [{ kind: 'voice', duration: 2, base64 }] })
const text = async (actor: Actor) => (await actor.last()).text ?? ''
/** A changed voice is an MP3, one that was left as it is the Opus that it came as. */
const extensions = async () => {
  await stage.filesSettled()
  const rows = await stage.db.evidence.findMany({ orderBy: { id: 'asc' } })
  return rows.map(({ extension }) => extension)
}

describe('a reporter who speaks', () => {
  it('hears what becomes of the voice, may have it otherwise, and sees it before filing', async () => {
    const wang = await stage.villager(701)
    await writeTip(wang, { village: '四都镇 前岭' })
    await speak(wang)
    expect(await text(wang)).toContain('您的声音会变一变')
    expect(await extensions()).toEqual(['mp3'])
    await wang.presses('语音用原声')
    expect(await text(wang)).toContain('您的语音：用原声')
    expect(await extensions()).toEqual(['ogg'])
    expect((await group.supervisor.fromBot()).some(({ media }) => media)).toBe(false)
    await wang.presses('交上去')
    await stage.filesSettled()
    expect((await group.supervisor.fromBot()).filter(({ media }) => media)).toHaveLength(1)
    await wang.presses('把语音变一变')
    expect(await extensions()).toEqual(['ogg'])
  })

  it('finds the wish again when answering, and may have the answer otherwise', async () => {
    const wang = stage.actor(701)
    await wang.says('/status')
    await wang.presses('QF-')
    await wang.presses('补充材料')
    expect(await text(wang)).toContain('您的语音：用原声')
    await speak(wang)
    await wang.presses('把语音变一变')
    expect(await text(wang)).toContain('您的语音：变一变再给督导组听')
    await speak(wang)
    expect(await extensions()).toEqual(['ogg', 'ogg', 'mp3'])
    await wang.presses('说完了')
    expect(await wang.presses('语音用原声')).toMatchObject({ show_alert: true })
  })
})
