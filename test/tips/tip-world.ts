import { randomBytes } from 'node:crypto'
import { createDirectoryCache } from '../../src/areas/directory.ts'
import { importAreas } from '../../src/areas/import-areas.ts'
import type { Database } from '../../src/db/open-database.ts'
import { claimUrgent } from '../../src/delivery/claim-store.ts'
import { createEnqueue, openAddress, openBody } from '../../src/delivery/enqueue-delivery.ts'
import type { Address, Outgoing, SendOutcome } from '../../src/delivery/outgoing.ts'
import { createSettlement } from '../../src/delivery/settlement.ts'
import { importGroups } from '../../src/groups/import-groups.ts'
import { createKeyring } from '../../src/lib/keyring.ts'
import { createMessages, type Language } from '../../src/messages/messages.ts'
import { createTipListeners } from '../../src/tips/cards/tip-listeners.ts'
import { createDeadlineListeners } from '../../src/tips/deadlines/deadline-listeners.ts'
import { toReporter } from '../../src/tips/dialogue/message-store.ts'
import { openMessage } from '../../src/tips/dialogue/open-message.ts'
import { answerDraft, type DraftInput } from '../../src/tips/filing/answer-draft.ts'
import { beginDraft } from '../../src/tips/filing/begin-draft.ts'
import { loadInterview, openInterviews } from '../../src/tips/filing/interview-versions.ts'
import { identityShownListener } from '../../src/tips/identity/show-identity.ts'
import type { TipDeps } from '../../src/tips/tip-deps.ts'
import { csv } from '../areas/editions.ts'
import { emptyDatabase } from '../support/database.ts'
import { officeHours } from '../support/office-hours.ts'

const areas = csv(
  'code,name,level,parentCode',
  '330800000000,衢州市,city,',
  '330825000000,龙游县,county,330800000000',
  '330825001000,龙洲街道,township,330825000000',
  '330825001214,山底村村民委员会,village,330825001000',
  '330825002000,东华街道,township,330825000000',
  '330825002201,方门街村村民委员会,village,330825002000',
)
const groups = csv(
  'code,name,kind,level,territory,categories,description,roster',
  'QZ,衢州市督导组,supervision,city,330800000000,,市里,丙一:组长',
  'LY,龙游县督导组,supervision,county,330825000000,,县里,甲一:组长|甲二',
  'LY-01,龙洲督导组,supervision,township,330825001000,,,乙一:组长|乙二:成员',
)

/** Who plays: inbox chats of the three groups, supervisors, a stranger, an admin, a villager. */
export const cast = {
  city: { chatId: -1001 },
  county: { chatId: -1002 },
  township: { chatId: -1003 },
  yiyi: 70_001,
  yier: 70_002,
  /** Of the county and of the city. */
  jiayi: 70_003,
  bingyi: 70_004,
  stranger: 70_009,
  admin: 30_001,
  villager: 50_001,
}

export type Sent = { purpose: string; subject: string | null; to: Address; outgoing: Outgoing }
type Answer = (sent: Sent) => SendOutcome
export type World = Awaited<ReturnType<typeof createWorld>>

const messages = await createMessages()

/** Everything that a tip touches but Telegram itself: real database, a small directory, three bound groups. */
export async function createWorld(database: Database) {
  const { db } = database
  await emptyDatabase(database)
  let at = new Date('2017-03-28T09:30:00Z')
  const now = () => at
  const keyring = createKeyring(randomBytes(32))
  await importAreas(db, { bytes: areas, now: at })
  await importGroups(db, { bytes: groups, now: at })
  for (const [code, { chatId }] of [
    ['QZ', cast.city],
    ['LY', cast.county],
    ['LY-01', cast.township],
  ] as const)
    await db.group.update({
      where: { code },
      data: { inboxState: 'bound', inboxChatId: BigInt(chatId) },
    })
  for (const [name, telegramId] of [
    ['乙一', cast.yiyi],
    ['乙二', cast.yier],
    ['甲一', cast.jiayi],
    ['丙一', cast.bingyi],
  ] as const)
    await db.supervisor.updateMany({
      where: { name },
      data: { state: 'enrolled', telegramId: BigInt(telegramId) },
    })
  await db.staff.create({ data: { telegramId: BigInt(cast.admin), role: 'admin' } })

  const deps: TipDeps = {
    keyring,
    messages,
    enqueue: createEnqueue({ keyring, now }),
    directory: createDirectoryCache(),
    interviews: await openInterviews(db, loadInterview()),
    now,
    timezone: 'Asia/Shanghai',
    officeLanguage: 'zh-CN',
    officeHours,
  }
  const listeners = {
    ended: {
      ...createTipListeners(deps),
      ...createDeadlineListeners(deps),
      'identity-shown': identityShownListener(deps),
    },
    gone: async () => {},
    moved: async () => {},
  }
  const { settle } = createSettlement({ db, keyring, now, log: { error: () => {} }, listeners })
  let messageId = 100

  /** Sends what the ledger holds, and what follows from that, until it is empty. */
  async function deliver(answer: Answer = () => ({ kind: 'sent' })): Promise<Sent[]> {
    const all: Sent[] = []
    for (;;) {
      const rows = await claimUrgent(db, { token: 'test', now: now(), limit: 1 })
      const [row] = rows
      if (!row) return all
      const to = openAddress(keyring, row.address)
      const outgoing = openBody(keyring, row.body ?? new Uint8Array())
      const sent = { purpose: row.purpose, subject: row.subject, to, outgoing }
      all.push(sent)
      messageId += 1
      const outcome = answer(sent)
      const numbered = outcome.kind === 'sent' ? { messageId, ...outcome } : outcome
      await settle({ ...row, to, outgoing }, 'test', numbered)
    }
  }

  const chat = { chatId: cast.villager, language: 'zh-CN' as Language }
  const begin = () => db.$transaction((tx) => beginDraft(tx, deps, chat))
  const answer = (input: DraftInput) => db.$transaction((tx) => answerDraft(tx, deps, chat, input))
  const press = (step: string, value: string) => answer({ kind: 'press', step, value })
  const say = (text: string) => answer({ kind: 'text', text })

  /** A complete draft, at the review. */
  async function write({ who = '戴某', role = 'candidate', details = '一户两百' } = {}) {
    await begin()
    await press('safety', 'continue')
    await press('what', 'cash')
    await say('山底')
    await say(who)
    await press('role', role)
    await press('when', 'yesterday')
    await say(details)
    await press('details', 'done')
    return press('files', 'skip')
  }

  return {
    db,
    deps,
    keyring,
    chat,
    deliver,
    begin,
    answer,
    press,
    say,
    write,
    submit: () => press('review', 'submit'),
    file: async (draft: Parameters<typeof write>[0] = {}) => {
      await write(draft)
      return press('review', 'submit')
    },
    passTime: (ms: number) => {
      at = new Date(at.getTime() + ms)
    },
    groupId: async (code: string) => (await db.group.findUniqueOrThrow({ where: { code } })).id,
    /** What the reporter of this tip reads who opens everything, oldest first. */
    opened: async (tipId: number, language: Language = 'zh-CN') => {
      const kind = { in: [...toReporter] }
      const rows = await db.tipMessage.findMany({ where: { tipId, kind }, orderBy: { id: 'asc' } })
      const texts = []
      for (const { id } of rows) {
        const about = { chatId: cast.villager, messageId: id, t: messages.in(language) }
        const seen = await db.$transaction((tx) => openMessage(tx, deps, about))
        texts.push(seen.outcome === 'opened' ? seen.text : '')
      }
      return texts
    },
    textsTo: (sent: Sent[], chatId: number) =>
      sent.flatMap(({ to, outgoing }) =>
        to.chatId === chatId && 'text' in outgoing ? [outgoing.text] : [],
      ),
  }
}
