import type { Db } from '../../db/open-database.ts'
import { findGroup } from '../../groups/group-store.ts'
import { alarmAdmins } from '../../staff/alarm-admins.ts'
import { createMessage } from '../dialogue/message-store.ts'
import type { DialogueDeps } from '../dialogue/send-to-reporter.ts'
import { tellGroup } from '../dialogue/tell-group.ts'
import { findGroupAbove } from '../routing/group-above.ts'
import { moveTip } from '../routing/move-tip.ts'
import type { PlaceDeps } from '../routing/place-tip.ts'
import { sealWithTip } from '../tip-content.ts'
import { lockTip, type TipRow } from '../tip-store.ts'

type Deps = DialogueDeps & PlaceDeps

/**
 * A reporter says that somebody makes trouble for them and wants to be spoken with. A closed tip opens above the group
 * that handled it; one that is open again already is told to whoever has it, unless that is the very group that was asked
 * about: then it goes up too. That group never hears of it, not even when nobody is above; then the admins do.
 */
export async function reportTrouble(
  tx: Db,
  deps: Deps,
  tipId: number,
  /** The group that had the tip when its reporter was asked. */
  askedOf: number | null,
): Promise<void> {
  const tip = await lockTip(tx, tipId)
  if (!tip) return
  const isElsewhere = tip.state !== 'closed' && tip.groupId !== null && tip.groupId !== askedOf
  if (isElsewhere) return tellWhoHasIt(tx, deps, tip)
  const above = await findGroupAbove(tx, deps, tip)
  if (!above) await alarmNobodyAbove(tx, deps, tip)
  if (tip.state !== 'closed' && !above) return
  // The card says it too when the tip is opened there at once.
  if (tip.state !== 'closed' || !above) await keepTrouble(tx, deps, tip)
  await moveUp(tx, deps, tip, tip.state === 'closed' ? 'aftercare' : 'conflict')
}

async function moveUp(
  tx: Db,
  deps: Deps,
  tip: TipRow,
  cause: 'aftercare' | 'conflict',
): Promise<void> {
  const excludedGroupIds = tip.groupId === null ? [] : [tip.groupId]
  const how = { target: 'above', actor: 'reporter', notice: null } as const
  await moveTip(tx, deps, tip.id, { cause, excludedGroupIds, ...how })
}

const troubleKey = 'dialogue:trouble'

/** Comes with the next card as something that the reporter said. */
async function keepTrouble(tx: Db, deps: Deps, tip: TipRow): Promise<void> {
  await createMessage(tx, {
    ...{ tipId: tip.id, kind: 'addition', groupId: tip.groupId, createdAt: deps.now() },
    sealed: sealWithTip(deps.keyring, tip, { key: troubleKey, params: {} }),
  })
}

async function tellWhoHasIt(tx: Db, deps: Deps, tip: TipRow): Promise<void> {
  await keepTrouble(tx, deps, tip)
  const t = deps.messages.in(deps.officeLanguage)
  const { number } = tip
  await tellGroup(tx, deps, tip, t('dialogue:group.addition', { number, text: t(troubleKey) }))
}

async function alarmNobodyAbove(tx: Db, deps: Deps, tip: TipRow): Promise<void> {
  const group = tip.groupId === null ? null : await findGroup(tx, tip.groupId)
  const params = { number: tip.number, group: group?.name ?? '' }
  await alarmAdmins(tx, deps, 'handling:alarm.trouble', params)
}
