import type { AreaTree } from '../../areas/area-tree.ts'
import type { Directory } from '../../areas/directory.ts'
import type { Db } from '../../db/open-database.ts'
import { dayOf } from '../../lib/calendar.ts'
import { sealJson } from '../../lib/keyring.ts'
import type { Language } from '../../messages/messages.ts'
import { applyVoiceWish } from '../evidence/apply-voice-wish.ts'
import { evidenceMaxBytes, sourceFrom } from '../evidence/evidence.ts'
import { createEvidence, deleteEvidenceOfDraft } from '../evidence/evidence-store.ts'
import {
  createDraft,
  type Draft,
  type DraftEvent,
  type FileKind,
  type RefusedKind,
} from '../interview/draft.ts'
import { getStep, type Interview } from '../interview/interview.ts'
import { findCounty, findPlace, findPlaces, withPlaces } from '../interview/list-places.ts'
import { matchButton } from '../interview/match-button.ts'
import { present, type Screen } from '../interview/screen.ts'
import { fitDraft, step } from '../interview/step.ts'
import type { StepResult } from '../interview/step-result.ts'
import { findMute } from '../muting/mute.ts'
import type { RouteDeps } from '../routing/route-tip.ts'
import type { TipDeps } from '../tip-deps.ts'
import { deleteDraftRow } from './draft-store.ts'
import {
  createStoredDraft,
  findStoredDraft,
  type StoredDraft,
  saveStoredDraft,
} from './stored-draft.ts'
import { submitTip } from './submit-tip.ts'

export type DraftDeps = RouteDeps & Pick<TipDeps, 'officeHours'>
export type ReporterChat = { chatId: number; language: Language }

/** A file as Telegram describes it, without its name. That its phone calls it a sound or a video only asks about the voice. */
export type FileInput = {
  kind: 'file'
  what: FileKind
  fileId: string
  bytes?: number | undefined
  caption?: string | undefined
  album?: string | undefined
  isForwarded?: boolean
}

/** What came from the reporter's chat, without what Telegram tells about who sent it. */
export type DraftInput =
  | { kind: 'open' }
  | { kind: 'leave' }
  | { kind: 'stop' }
  | { kind: 'press'; step: string; value: string }
  | { kind: 'text'; text: string; isForwarded?: boolean }
  | FileInput
  | { kind: 'refused'; what: RefusedKind }

export type DraftOutcome =
  /** Nothing is being written in this chat, or these words were not meant for it. */
  | { outcome: 'none' }
  | { outcome: 'asked'; screen: Screen }
  | { outcome: 'cancelled' }
  /** The receipt is on its way. */
  | { outcome: 'filed'; number: string }
  /** Complete, and kept: this chat may file nothing for now. */
  | { outcome: 'muted' }

/** One message or press of somebody who is writing a tip: takes it in, saves the draft, and says what to show. */
export async function answerDraft(
  tx: Db,
  deps: DraftDeps,
  chat: ReporterChat,
  input: DraftInput,
): Promise<DraftOutcome> {
  const today = dayOf(deps.now(), deps.timezone)
  // Only some questions are about places: asking for the directory costs a statement.
  let found: Promise<Directory> | undefined
  const places = () => (found ??= deps.directory.current(tx))
  // A second try for the case that another process saved the draft in between.
  for (const _try of [1, 2]) {
    const stored = await findStoredDraft(tx, deps.keyring, { chatId: chat.chatId, today })
    if (!stored) return { outcome: 'none' }
    const { draft } = stored.content
    if (draft.isAside && input.kind === 'text') return { outcome: 'none' }
    const interview = await deps.interviews.find(tx, draft.interview)
    const reading = { messages: deps.messages, interview, places }
    const event = await toEvent(reading, chat.language, fitDraft(interview, draft), input)
    if (event.kind === 'press') event.at = deps.now().getTime()
    const result = step(interview, draft, event, today)
    const outcome = await settle(tx, deps, { stored, chat, result, input, today })
    if (outcome?.outcome !== 'asked') {
      if (outcome) return outcome
      continue
    }
    return { outcome: 'asked', screen: await showPlaces(outcome.screen, places) }
  }
  throw new Error('The draft was saved by others twice')
}

/** Whether words that come from this chat now are meant for a tip that it is writing. */
export async function isWriting(
  tx: Db,
  deps: DraftDeps,
  { chatId }: Pick<ReporterChat, 'chatId'>,
): Promise<boolean> {
  const today = dayOf(deps.now(), deps.timezone)
  const stored = await findStoredDraft(tx, deps.keyring, { chatId, today })
  return stored !== null && !stored.content.draft.isAside
}

type Settling = {
  stored: StoredDraft
  chat: ReporterChat
  result: StepResult
  input: DraftInput
  today: string
}

/** Null when the draft was changed by another in the meantime and nothing was written. */
async function settle(tx: Db, deps: DraftDeps, settling: Settling): Promise<DraftOutcome | null> {
  const { stored, chat, result, input, today } = settling
  const content = { ...chat, draft: result.draft }
  switch (result.next) {
    case 'submit': {
      if (await findMute(tx, deps, chat.chatId)) return { outcome: 'muted' }
      const submitted = await submitTip(tx, deps, { ...stored, content })
      return submitted.outcome === 'filed' ? submitted : null
    }
    case 'cancel':
      await deleteDraftRow(tx, stored.id)
      return { outcome: 'cancelled' }
    case 'anew': {
      // What is begun now is asked the questions of now.
      const draft = createDraft(deps.interviews.current)
      await deleteDraftRow(tx, stored.id)
      await createStoredDraft(tx, deps.keyring, { ...chat, draft }, today)
      return { outcome: 'asked', screen: present(deps.interviews.current, draft) }
    }
    case 'save':
      if (!(await saveStoredDraft(tx, stored, content, today))) return null
  }
  const { draft: before } = stored.content
  const { id, sealer } = stored
  await applyVoiceWish(tx, { id, sealer, before, after: result.draft, now: deps.now() })
  if (result.files === 'drop') await deleteEvidenceOfDraft(tx, stored.id)
  if (result.files === 'keep' && input.kind === 'file') {
    await createEvidence(tx, {
      draftId: stored.id,
      number: result.draft.files.length,
      source: sealJson(stored.sealer, sourceFrom(input, result.draft.voice)),
      nextTryAt: deps.now(),
    })
  }
  return { outcome: 'asked', screen: result.screen }
}

type Places = () => Promise<Directory>
type Reading = Pick<DraftDeps, 'messages'> & { interview: Interview; places: Places }

const showPlaces = async (screen: Screen, places: Places): Promise<Screen> =>
  screen.list ? withPlaces(screen, (await places()).tree) : screen

/** Adds what the words or the button may mean: a button's label typed out, a place of the directory. */
async function toEvent(
  reading: Reading,
  language: Language,
  draft: Draft,
  input: DraftInput,
): Promise<DraftEvent> {
  switch (input.kind) {
    case 'press':
      return toPress(reading, draft, input.step, input.value)
    case 'text': {
      const { kind } = getStep(reading.interview, draft.step)
      const screen = await showPlaces(present(reading.interview, draft), reading.places)
      const data = matchButton(reading.messages.in(language), screen, kind, input.text)
      const [, stepName, value] = data?.split(':') ?? []
      if (stepName !== undefined && value !== undefined)
        return toPress(reading, draft, stepName, value)
      if (kind !== 'place') return { ...input, places: undefined }
      const directory = await reading.places()
      const countyId = findCounty(directory.tree, input.text)
      if (countyId !== undefined) return toPress(reading, draft, 'where', `a${countyId}`)
      return { ...input, places: findPlaces(directory, input.text) }
    }
    case 'file': {
      const { kind, what, bytes = 0, caption, album, isForwarded } = input
      if (bytes > evidenceMaxBytes) return { kind: 'refused', what: 'too-big' }
      return { kind, what, caption, album, isForwarded }
    }
    default:
      return input
  }
}

async function toPress(
  { places }: Reading,
  draft: Draft,
  stepName: string,
  value: string,
): Promise<DraftEvent> {
  const named = /^a(\d{1,9})$/.exec(value)?.[1]
  if (value !== 'w' && named === undefined)
    return { kind: 'press', step: stepName, value, place: undefined }
  const { tree } = await places()
  const id = value === 'w' ? findOpenTownship(tree, draft) : Number(named)
  const place = id === undefined ? undefined : findPlace(tree, id)
  return { kind: 'press', step: stepName, value, place }
}

/** Only a township may stand for its villages: a whole county tells nobody where to look. */
function findOpenTownship(tree: AreaTree, draft: Draft): number | undefined {
  const area = tree.find(draft.browse.path.at(-1) ?? 0)
  return area?.level === 'township' ? area.id : undefined
}
