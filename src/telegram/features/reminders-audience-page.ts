import { riskClasses } from '../../areas/area.ts'
import { daysToElectionIn, phases } from '../../calendar/phases.ts'
import { listAskedAbout } from '../../campaigns/choose-content-store.ts'
import type { Button, Keyboard } from '../../delivery/outgoing.ts'
import { languages } from '../../messages/messages.ts'
import type { ReminderDraft } from '../../reminders/reminder-draft.ts'
import { subscriberRoles } from '../../subscribers/subscriber.ts'
import type { ChatContext } from '../context.ts'

const shownContents = 10
const choices = {
  risk: { known: riskClasses, key: 'riskClasses' },
  role: { known: subscriberRoles, key: 'roles' },
  language: { known: languages, key: 'languages' },
} as const
export type Choice = keyof typeof choices | 'phase'

/** A page of things that can be on or off. */
export async function sayChoices(
  ctx: ChatContext,
  { audience = {} }: ReminderDraft,
  part: Choice,
): Promise<void> {
  const option = (words: string, value: string, isOn: boolean): Keyboard[number] => [
    { text: `${isOn ? '✅ ' : ''}${words}`, data: `rem:a-set:${part}:${value}` },
  ]
  const words = {
    risk: (value: string) => ctx.t(`campaigns:risk.${value}`),
    role: (value: string) => ctx.t(`campaigns:role.${value}`),
    language: (value: string) => ctx.t(`campaigns:language.${value}`),
    phase: (value: string) => ctx.t(`campaigns:phase.${value}`),
  }[part]
  const days = audience.daysToElection
  const rows =
    part === 'phase'
      ? phases.map((phase) => {
          const { from, to } = daysToElectionIn(phase)
          return option(words(phase.key), phase.key, days?.from === from && days.to === to)
        })
      : choices[part].known.map((value) => {
          const on: readonly string[] = audience[choices[part].key] ?? []
          return option(words(value), value, on.includes(value))
        })
  await ctx.show(ctx.t(`campaigns:audience.ask-${part}`), [...rows, [backButton(ctx)]])
}

/** Of which content those are meant who did not confirm it, or did not answer its question rightly. */
export async function sayContents(ctx: ChatContext): Promise<void> {
  const contents = await listAskedAbout(ctx.tx, shownContents)
  const rows: Keyboard = contents.map(({ contentId, title }) => [
    { text: ctx.t('campaigns:button.not-read', { title }), data: `rem:a-notread:${contentId}` },
    { text: ctx.t('campaigns:button.not-right'), data: `rem:a-notright:${contentId}` },
  ])
  const key = rows.length === 0 ? 'no-contents' : 'ask-read'
  await ctx.show(ctx.t(`campaigns:audience.${key}`), [...rows, [backButton(ctx)]])
}

export function backButton(ctx: ChatContext): Button {
  return { text: ctx.t('campaigns:button.back'), data: 'rem:n:whom' }
}
