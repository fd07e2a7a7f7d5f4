import type { Translate } from '../messages/messages.ts'
import type { ImportContentOutcome } from './import-content.ts'

/** More lines than this hide the first ones, which are often the cause of the rest. */
const shownProblems = 20

/** What came of an import, as people read it: in a chat and on the server. */
export function describeImport(outcome: ImportContentOutcome, t: Translate): string {
  if (outcome.outcome === 'imported') return t('content:import.done', { ...outcome })
  const { problems } = outcome
  const more = problems.length - shownProblems
  return [
    t('content:import.refused'),
    ...problems
      .slice(0, shownProblems)
      .map(({ line, code, params }) =>
        t('content:import.line', { line, reason: t(`content:import.problem.${code}`, params) }),
      ),
    ...(more > 0 ? [t('content:import.more', { count: more })] : []),
  ].join('\n')
}
