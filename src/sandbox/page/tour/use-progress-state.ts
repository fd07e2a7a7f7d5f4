import { useMemo, useState } from 'react'
import { recall, remember } from '../language/memory.ts'
import { type Progress, steps, stepsFinishedBy } from './progress.ts'

const MEMORY = 'tour'
const HIDDEN = 'hidden'

export function useProgressState(): Progress {
  const [kept, setKept] = useState(() => new Set((recall(MEMORY) ?? '').split(' ')))

  return useMemo(() => {
    const change = (names: Iterable<string>) => {
      const after = new Set(names)
      remember(MEMORY, [...after].join(' '))
      setKept(after)
    }
    return {
      done: new Set(steps.filter((step) => kept.has(step))),
      isHidden: kept.has(HIDDEN),
      hide: () => change([...kept, HIDDEN]),
      show: () => change([...kept].filter((name) => name !== HIDDEN)),
      notePress: (data) => {
        const finished = stepsFinishedBy(data)
        if (finished.some((step) => !kept.has(step))) change([...kept, ...finished])
      },
    }
  }, [kept])
}
