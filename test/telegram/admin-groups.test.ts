import { describe, expect, it } from 'vitest'
import { meetAdmin } from '../support/cast.ts'
import { createStage } from '../support/stage.ts'

const stage = await createStage()
const admin = await meetAdmin(stage)

/** The labels under the list that the admin sees. */
async function labels(): Promise<string[]> {
  return ((await admin.last()).buttons ?? []).flat().map(({ text }) => text)
}

/** Every second group of a township gets a name with these words, the others one that begins alike. */
async function rename(words: string): Promise<void> {
  const alike = words.slice(0, -2)
  await stage.db.$executeRaw`
    UPDATE "group" SET name = CASE WHEN id % 2 = 0 THEN ${words} ELSE ${alike} END || lpad(id::text, 3, '0')
    WHERE level = 'township'`
}

describe('/groups', () => {
  const words = '衢州市村级换届选举监督工作第'

  it('turns the page of what was searched for, not of another list', async () => {
    await rename(words)
    await admin.says(`/groups ${words}`)
    const first = await labels()
    await admin.presses('下一页')
    const second = (await labels()).filter((label) => !label.includes('页'))
    expect(second).toHaveLength(12)
    expect(second.every((label) => label.includes(words))).toBe(true)
    expect(second.filter((label) => first.includes(label))).toEqual([])
    await admin.presses('上一页')
    expect(await labels()).toEqual(first)
  })

  it('turns no page when the words do not fit into a button', async () => {
    const long = `${words}${words}`
    await rename(long)
    await admin.says(`/groups ${long}`)
    const shown = await labels()
    expect(shown).toHaveLength(12)
    expect(shown.every((label) => label.includes(long))).toBe(true)
  })
})
