import { expect, it } from 'vitest'
import { findStaff } from '../../src/staff/staff-store.ts'
import { cleanEvidence } from '../../src/tips/evidence/clean-evidence.ts'
import { fetchNextEvidence } from '../../src/tips/evidence/fetch-evidence.ts'
import { acknowledgeTip } from '../../src/tips/handling/acknowledge-tip.ts'
import { giveIdentity } from '../../src/tips/identity/give-identity.ts'
import { confirmOpening, requestOpening } from '../../src/tips/identity/request-opening.ts'
import { showIdentity } from '../../src/tips/identity/show-identity.ts'
import { appealMute } from '../../src/tips/muting/appeal-mute.ts'
import { muteReporter } from '../../src/tips/muting/mute-reporter.ts'
import { findStatus } from '../../src/tips/reporter/find-status.ts'
import { sealPin } from '../../src/tips/reporter/pin.ts'
import { savePrompt } from '../../src/tips/reporter/prompt.ts'
import { createProof } from '../../src/tips/reporter/receipt-proof.ts'
import { savePin } from '../../src/tips/reporter/receipt-store.ts'
import { holdTip } from '../../src/tips/retention/hold-tip.ts'
import { readRetentionReport } from '../../src/tips/retention/retention-report.ts'
import { createTestDatabase } from '../support/database.ts'
import { phonePhoto } from './evidence/images.ts'
import { cast, createWorld, type Sent } from './tip-world.ts'

const database = await createTestDatabase()
const { db } = database

/** The reporter's chat, the file's address at Telegram, and what the photo itself gives away. */
const canaries = [String(cast.villager), 'AgACAgQCANARY', 'CANARY-OWNER', 'CANARY-CAMERA']
const words = ['戴某', '一户两百']

type Tx = Parameters<Parameters<typeof db.$transaction>[0]>[0]

const hexOf = (text: string) => Buffer.from(text).toString('hex')

/** Every row of every table as text; bytes appear in hexadecimal. */
async function dump(): Promise<string> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`
  const rows = await Promise.all(
    tables.map(({ name }) =>
      db.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t`),
    ),
  )
  return rows
    .flat()
    .map(({ row }) => row)
    .join('\n')
}

function expectAbsent(text: string, secrets: readonly string[]): void {
  for (const secret of secrets) {
    expect(text).not.toContain(secret)
    expect(text).not.toContain(hexOf(secret))
  }
}

it('nothing in clear, sealed or sent tells who filed a tip, or in the database what it says', async () => {
  const world = await createWorld(database)
  const photo = await phonePhoto()
  await world.write()
  await world.answer({ kind: 'file', what: 'photo', fileId: canaries[1] ?? '' })
  expectAbsent(await dump(), [...canaries, ...words])

  await world.press('files', 'done')
  await world.submit()
  await db.$transaction((tx) =>
    findStatus(tx, world.deps, { chatId: cast.villager, text: '1111 1111 1111 1111' }),
  )
  expectAbsent(await dump(), [...canaries, ...words])

  const download = async () => ({ ok: true as const, bytes: photo })
  await fetchNextEvidence({ ...world.deps, db, download, clean: cleanEvidence, wake: () => {} })
  const sent: Sent[] = await world.deliver()
  const { id: cardId } = await db.tipCard.findFirstOrThrow()
  await db.$transaction((tx) =>
    acknowledgeTip(tx, world.deps, {
      cardId,
      chatId: cast.township.chatId,
      messageId: 1,
      telegramId: cast.yiyi,
      isAnonymous: false,
    }),
  )
  sent.push(...(await world.deliver()))
  expectAbsent(await dump(), [...canaries, ...words])

  const toOthers = sent.filter(({ to }) => to.chatId !== cast.villager)
  expect(toOthers.map(({ purpose }) => purpose)).toEqual([
    'tip-card',
    'tip-evidence',
    'tip-card-edit',
  ])
  expectAbsent(JSON.stringify(toOthers), canaries)
  const subjects = sent.map(({ subject }) => subject).join()
  expect(subjects).toMatch(/^((tip|card):\d+,?)+$/)
})

it('nothing that a reporter adds later shows in clear, in the audit, or to anybody who need not know', async () => {
  const world = await createWorld(database)
  const { deps } = world
  const secrets = ['周金丝雀', '13377788899', '当面核实戴某', '法院要戴某', '我是村口卖鱼的']
  const tx = <T>(act: (db: Tx) => Promise<T>) => db.$transaction(act)
  await world.file()
  const sent: Sent[] = await world.deliver()
  for (const id of [80_001, 80_002])
    await db.staff.create({ data: { telegramId: BigInt(id), role: 'custodian', name: `c${id}` } })
  const [first, second] = [await findStaff(db, 80_001), await findStaff(db, 80_002)]
  const admin = await findStaff(db, cast.admin)
  if (!first || !second || !admin) throw new Error('The staff is not there')

  const [name = '', phone = '', reason = '', why = '', text = ''] = secrets
  await tx(async (t) => savePin(t, 1, await sealPin(world.keyring, '258013')))
  await tx((t) => savePrompt(t, deps, cast.villager, { kind: 'phone', tipId: 1, name }))
  await tx((t) => giveIdentity(t, deps, { tipId: 1, identity: { name, phone } }))
  const number = 'QF-000001'
  await tx((t) => requestOpening(t, deps, { staff: first, number, reason }))
  await tx((t) => confirmOpening(t, deps, { staff: second, openingId: 1, reason }))
  await tx((t) => showIdentity(t, deps, { staff: first, openingId: 1, messageId: 7 }))
  await tx((t) => holdTip(t, deps, { staffId: admin.id, number, reason: why }))
  const mute = { chatId: cast.township.chatId, telegramId: cast.yiyi, tipId: 1, hours: 24 } as const
  await tx((t) => muteReporter(t, deps, mute))
  await tx((t) => appealMute(t, deps, { chatId: cast.villager, text }))
  expectAbsent(await dump(), [...canaries, ...words, ...secrets])

  sent.push(...(await world.deliver()))
  expectAbsent(await dump(), [...canaries, ...words, ...secrets])
  const toOthers = sent.filter(({ to }) => ![cast.villager, 80_001].includes(to.chatId))
  expect(toOthers.length).toBeGreaterThan(3)
  expectAbsent(JSON.stringify(toOthers), [String(cast.villager), name, phone, why])
  expect(sent.map(({ subject }) => subject).join()).toMatch(/^((tip|card|opening):\d+|,)+$/)

  const rules = { linkDays: 30, contentDays: 180 }
  const report = await readRetentionReport(db, { rules, timezone: 'Asia/Shanghai' })
  const proof = createProof(world.keyring, '2017-03-28')
  expectAbsent(proof, ['000001'])
  expectAbsent(JSON.stringify(report) + proof, [...canaries, ...words, ...secrets])
})
