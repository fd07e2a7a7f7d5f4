import type { ContentVersion } from '../content/content.ts'
import { type Campaign, canHappen } from './campaign.ts'

/** What somebody is led through, in this order. */
export const steps = ['words', 'buttons', 'audience', 'time', 'review'] as const
export type Step = (typeof steps)[number]

/** Where somebody who takes it up (again) goes on: at what is missing, else at the review. */
export function stepToOpen(version: Pick<ContentVersion, 'texts'> | null): Step {
  return hasWords(version) ? 'review' : 'words'
}

/** The step after this one, if its answer allows to go on; null at the end. */
export function stepAfter(step: Step, version: Pick<ContentVersion, 'texts'> | null): Step | null {
  if (step === 'words' && !hasWords(version)) return 'words'
  return steps[steps.indexOf(step) + 1] ?? null
}

export function stepBefore(step: Step): Step | null {
  return steps[steps.indexOf(step) - 1] ?? null
}

/** Which steps can be taken: what repeats another campaign says what that said, what recalls it has nothing to choose. */
export function stepsOf({ kind }: Pick<Campaign, 'kind'>): readonly Step[] {
  switch (kind) {
    case 'broadcast':
      return steps
    case 'resend':
      return ['time', 'review']
    case 'correction':
      return ['words', 'review']
    case 'recall':
      return ['review']
  }
}

function hasWords(version: Pick<ContentVersion, 'texts'> | null): boolean {
  return version !== null && Object.keys(version.texts).length > 0
}

/** Whether this person may change it now. Anybody else of the office may look, decide, pause and cancel. */
export function mayChange(
  { state, createdById }: Pick<Campaign, 'state' | 'createdById'>,
  staffId: number,
): boolean {
  return createdById === staffId && canHappen('change', state)
}
