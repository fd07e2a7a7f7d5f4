/** Which of the three steps have been done, told by what was pressed and by what the bot did. */
import { createContext, useContext } from 'react'

export const steps = ['subscribe', 'report', 'acknowledge'] as const
export type Step = (typeof steps)[number]

/** The buttons that finish a step, by their callback data: the texts above them depend on the language. */
const FINISHED_BY: Record<Step, RegExp> = {
  subscribe: /^v:is:\d+$/,
  report: /^d:review:submit$/,
  acknowledge: /^t:ack:/,
}

/** The step that a press finishes, and those before it: who reports without choosing a village is past that step. */
export function stepsFinishedBy(data: string): Step[] {
  const at = steps.findIndex((step) => FINISHED_BY[step].test(data))
  return steps.slice(0, at + 1)
}

export interface Progress {
  done: ReadonlySet<Step>
  isHidden: boolean
  hide: () => void
  show: () => void
  /** A bot took a press with these data. */
  notePress: (data: string) => void
}

export const ProgressContext = createContext<Progress | null>(null)

export function useProgress(): Progress {
  const progress = useContext(ProgressContext)
  if (!progress) throw new Error('useProgress outside of the page')
  return progress
}
