import { describe, expect, it } from 'vitest'
import {
  type CampaignEvent,
  type CampaignState,
  campaignStateAfter,
  campaignStates,
  campaignTransitions,
  canHappen,
} from '../../src/campaigns/campaign.ts'

const events = Object.keys(campaignTransitions) as CampaignEvent[]
const eventsFrom = (state: CampaignState) => events.filter((event) => canHappen(event, state))

describe('a campaign', () => {
  it.each([
    ['composing', ['change', 'ask', 'schedule', 'cancel']],
    ['asked', ['change', 'approve', 'send-back', 'cancel']],
    ['scheduled', ['change', 'hurry', 'start', 'fall-back', 'cancel']],
    ['running', ['pause', 'finish', 'cancel']],
    ['paused', ['resume', 'finish', 'cancel']],
    ['finished', []],
    ['cancelled', []],
  ] as const)('that is %s', (state, expected) => {
    expect(eventsFrom(state).toSorted()).toEqual([...expected].toSorted())
  })

  it('reaches every state from the first one, and can end from each', () => {
    const reached = new Set<CampaignState>(['composing'])
    for (let before = 0; before !== reached.size; ) {
      before = reached.size
      for (const state of [...reached])
        for (const event of eventsFrom(state)) reached.add(campaignStateAfter(event))
    }
    expect([...reached].toSorted()).toEqual([...campaignStates].toSorted())
    const open = campaignStates.filter((state) => eventsFrom(state).length > 0)
    expect(open.every((state) => canHappen('cancel', state))).toBe(true)
  })

  it('loses its approval with any change, whoever had given it', () => {
    expect(campaignStateAfter('change')).toBe('composing')
    expect(campaignTransitions.approve.by).toEqual(['second'])
    expect(campaignTransitions.change.by).toEqual(['author'])
  })

  it('goes out only by the clock, which starts nothing that nobody let out', () => {
    expect(campaignTransitions.start.by).toEqual(['clock'])
    expect(campaignTransitions.start.from).toEqual(['scheduled'])
  })
})
