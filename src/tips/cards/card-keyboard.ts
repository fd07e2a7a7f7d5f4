import type { Button, Keyboard } from '../../delivery/outgoing.ts'
import type { Translate } from '../../messages/messages.ts'
import type { TipState } from '../tip.ts'

/** The bodies that the law names, to which a tip may be passed on. */
export const bodies = ['township-government', 'county-government', 'police', 'discipline'] as const
export type Body = (typeof bodies)[number]

/** Reasons for a transfer that need no typing. */
export const transferReasons = ['not-ours', 'needs-above', 'too-few'] as const

/** Which buttons stand under a card at this moment. Everything but `main` goes back to it. */
export type CardView =
  | { kind: 'main' }
  | { kind: 'more' }
  | { kind: 'results' }
  | { kind: 'bodies' }
  | { kind: 'targets'; groups: readonly { id: number; name: string }[] }
  | { kind: 'reasons'; groupId: number }
  | { kind: 'sure'; act: 'own' | 'take' }

/** Pure. The buttons of a card by the state of its tip; none where nothing can be done. */
export function cardKeyboard(
  t: Translate,
  { cardId, state, view }: { cardId: number; state: TipState; view: CardView },
): Keyboard {
  const button = (act: string, ...args: (string | number)[]): Button => ({
    text: t(`handling:button.${act}`),
    data: ['h', act, cardId, ...args].join(':'),
  })
  const named = (text: string, act: string, ...args: (string | number)[]): Button => ({
    ...button(act, ...args),
    text,
  })
  const back = [button('main')]
  if (state === 'held') return []
  if (state === 'closed') return [[button('resume')]]
  switch (view.kind) {
    case 'main':
      return state === 'waiting'
        ? [
            [{ text: t('tips:card.acknowledge'), data: `t:ack:${cardId}` }],
            [button('to'), button('more')],
          ]
        : [
            [button('ask'), button('to')],
            [button('end'), button('more')],
          ]
    case 'more':
      return state === 'waiting'
        ? [[button('own')], back]
        : [[button('dup'), button('back')], [button('take'), button('own')], back]
    case 'results':
      return [
        ['verified', 'unfounded'].map((result) =>
          named(t(`handling:result.${result}`), 'end', result),
        ),
        [named(t('handling:result.passed-on'), 'end', 'passed-on')],
        back,
      ]
    case 'bodies':
      return [
        ...bodies.map((body) => [named(t(`handling:body.${body}`), 'end', 'passed-on', body)]),
        back,
      ]
    case 'targets':
      return [...view.groups.map(({ id, name }) => [named(name, 'to', id)]), back]
    case 'reasons':
      return [
        ...transferReasons.map((reason) => [
          named(t(`handling:reason.${reason}`), 'to', view.groupId, reason),
        ]),
        [named(t('handling:reason.typed'), 'to', view.groupId, 'typed')],
        back,
      ]
    case 'sure':
      return [[named(t(`handling:sure.${view.act}`), view.act, 'yes')], back]
  }
}
