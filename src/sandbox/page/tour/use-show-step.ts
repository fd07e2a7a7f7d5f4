import { useCallback } from 'react'
import { useDesk } from '../panes/desk.ts'
import type { Step } from './progress.ts'
import { inPane, newestButton, showMe } from './show-me.ts'

/** On a phone the pane has to come to the front before anything in it can be shown. */
const LAYOUT_MS = 60

export function useShowStep(): (step: Step) => void {
  const { bringToFront } = useDesk()
  return useCallback(
    (step) => {
      bringToFront(step === 'acknowledge' ? 'group' : 'villager')
      setTimeout(() => showMe(targetOf(step)), LAYOUT_MS)
    },
    [bringToFront],
  )
}

function targetOf(step: Step): Element | null {
  const any = (pane: string) =>
    inPane(pane, '[data-hint="menu"]') ?? inPane(pane, '[data-hint="text"]')
  switch (step) {
    case 'subscribe':
      return (
        inPane('villager', '[data-hint="start"]') ?? newestButton('villager') ?? any('villager')
      )
    case 'report':
      return newestButton('villager') ?? any('villager')
    case 'acknowledge':
      return inPane('group', '[data-hint="news"]') ?? newestButton('group') ?? any('group')
  }
}
