import type { DirectoryCache } from '../areas/directory.ts'
import type { CampaignDeps } from '../campaigns/campaign-deps.ts'
import type { Enqueue } from '../delivery/enqueue-delivery.ts'
import type { Keyring } from '../lib/keyring.ts'
import type { Language, Messages } from '../messages/messages.ts'
import type { OfficeHours } from '../tips/deadlines/tip-calendar.ts'
import type { Interviews } from '../tips/filing/interview-versions.ts'
import { createAlbums } from './albums.ts'
import type { Features } from './bot.ts'
import type { ImportSentDays } from './calendar-import.ts'
import type { ImportSentTable } from './content-import.ts'
import { adminFeature } from './features/admin.ts'
import { awarenessFeature } from './features/awareness.ts'
import { bindFeature } from './features/bind.ts'
import { broadcastFeature } from './features/broadcast.ts'
import { audienceWords } from './features/broadcast-audience.ts'
import { composeWords } from './features/broadcast-compose.ts'
import { timeWords } from './features/broadcast-time.ts'
import { calendarFeature, calendarWords } from './features/calendar.ts'
import { comeBackFeature } from './features/come-back.ts'
import { contentFeature } from './features/content.ts'
import { contentWords } from './features/content-compose.ts'
import { handOverWords } from './features/content-hand-over.ts'
import { custodianFeature, takeAgreement } from './features/custodian.ts'
import { dialogueFeature, takeReopening, takeWords } from './features/dialogue.ts'
import { distributorsFeature, takeDistributorName } from './features/distributors.ts'
import { enrolFeature } from './features/enrol.ts'
import { fallbackFeature } from './features/fallback.ts'
import { groupMembersFeature } from './features/group-members.ts'
import { type InboxLifeDeps, inboxLifeFeature } from './features/inbox-life.ts'
import { appealFeature, liftFeature, muteFeature, takeAppeal } from './features/mute.ts'
import { promptedWordsFeature } from './features/prompted-words.ts'
import { readingFeature } from './features/reading.ts'
import { realNameFeature, takeName, takePhone } from './features/real-name.ts'
import { receiptEndFeature } from './features/receipt-end.ts'
import { receiptPinFeature, takeNewPin } from './features/receipt-pin.ts'
import { receiptProofFeature } from './features/receipt-proof.ts'
import { remindersFeature } from './features/reminders.ts'
import { reminderWords } from './features/reminders-draft.ts'
import { leaveReportFeature, reportFeature } from './features/report.ts'
import { rulesFeature } from './features/rules.ts'
import { settingsFeature } from './features/settings.ts'
import { staffFeature } from './features/staff.ts'
import { staffWordsFeature } from './features/staff-words.ts'
import { startFeature } from './features/start.ts'
import { statusFeature, takePin } from './features/status.ts'
import { subscriberSettingsFeature } from './features/subscriber-settings.ts'
import { supervisorActsFeature } from './features/supervisor-acts.ts'
import { tipCardFeature } from './features/tip-card.ts'
import { tipHandlingFeature } from './features/tip-handling.ts'
import { tipHoldFeature } from './features/tip-hold.ts'
import { tipWordsFeature } from './features/tip-words.ts'
import { typedWordsFeature } from './features/typed-words.ts'
import { verifyFeature } from './features/verify.ts'
import { villageFeature, villageSearchFeature } from './features/village.ts'
import { bindHash, enrolHash, inviteHash } from './one-time-hashes.ts'

export type FeatureDeps = InboxLifeDeps & {
  keyring: Keyring
  messages: Messages
  directory: DirectoryCache
  interviews: Interviews
  enqueue: Enqueue
  botId: number
  botUsername: string
  timezone: string
  /** Of the group inboxes. */
  officeLanguage: Language
  officeHours: OfficeHours
  approval: CampaignDeps['approval']
  importTable: ImportSentTable
  importDays: ImportSentDays
  today: () => string
  now: () => Date
}

/** What the bot can do, in the order in which each feature is asked. */
export function createFeatures(given: FeatureDeps): Features {
  const deps = { ...given, albums: createAlbums() }
  return {
    private: [
      comeBackFeature(deps),
      promptedWordsFeature(deps, {
        pin: (ctx, { tipId }, text) => takePin(ctx, deps, tipId, text),
        'new-pin': (ctx, { tipId }, text) => takeNewPin(ctx, deps, tipId, text),
        name: (ctx, { tipId }, text) => takeName(ctx, deps, tipId, text),
        phone: (ctx, prompt, text) => takePhone(ctx, deps, prompt, text),
        agree: (ctx, { openingId }, text) => takeAgreement(ctx, deps, openingId, text),
        appeal: (ctx, _prompt, text) => takeAppeal(ctx, deps, text),
        answer: (ctx, prompt, text) => takeWords(ctx, deps, prompt, { kind: 'text', text }),
        addition: (ctx, prompt, text) => takeWords(ctx, deps, prompt, { kind: 'text', text }),
        reopening: (ctx, prompt, text) => takeReopening(ctx, deps, prompt, text),
      }),
      staffWordsFeature(deps, {
        ...contentWords(deps),
        ...handOverWords(deps),
        ...composeWords(deps),
        ...audienceWords(deps),
        ...timeWords(deps),
        ...calendarWords(deps),
        ...reminderWords(deps),
        distributor: (ctx, staff) => takeDistributorName(ctx, deps, staff),
      }),
      dialogueFeature(deps),
      leaveReportFeature(deps),
      enrolFeature({ ...deps, hash: enrolHash(deps.keyring) }),
      adminFeature({
        ...deps,
        bindHash: bindHash(deps.keyring),
        enrolHash: enrolHash(deps.keyring),
      }),
      staffFeature({ ...deps, inviteHash: inviteHash(deps.keyring) }),
      custodianFeature(deps),
      liftFeature(deps),
      appealFeature(deps),
      tipHoldFeature(deps),
      contentFeature(deps),
      broadcastFeature(deps),
      calendarFeature(deps),
      remindersFeature(deps),
      distributorsFeature(deps),
      startFeature(deps),
      settingsFeature(deps),
      subscriberSettingsFeature(deps),
      verifyFeature(deps),
      rulesFeature(deps),
      readingFeature(deps),
      awarenessFeature(deps),
      villageFeature(deps),
      reportFeature(deps),
      typedWordsFeature(deps),
      receiptPinFeature(deps),
      realNameFeature(deps),
      receiptProofFeature(deps),
      receiptEndFeature(deps),
      statusFeature(deps),
      villageSearchFeature(deps),
      fallbackFeature(deps),
    ],
    group: [
      groupMembersFeature(deps),
      supervisorActsFeature(deps),
      inboxLifeFeature(deps),
      bindFeature(deps),
      muteFeature(deps),
      tipCardFeature(deps),
      tipHandlingFeature(deps),
      tipWordsFeature(deps),
    ],
  }
}
