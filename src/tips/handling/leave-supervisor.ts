import type { Db } from '../../db/open-database.ts'
import { leaveChat } from '../../groups/leave-chat.ts'
import { alarmAdmins } from '../../staff/alarm-admins.ts'
import { appendAudit } from '../../staff/audit.ts'
import type { PlaceDeps } from '../routing/place-tip.ts'
import { clearUnattended } from '../routing/unattended-group.ts'
import { removePrompts } from './clear-prompts.ts'
import { dropPromptsOf } from './prompt-store.ts'
import { releaseAbandoned } from './tidy-tips.ts'

/** Who left the chat of their group can do nothing there from this moment, and what they had goes back to the group. */
export async function leaveSupervisor(
  tx: Db,
  deps: PlaceDeps,
  left: { chatId: number; telegramId: number },
): Promise<void> {
  const outcome = await leaveChat(tx, left)
  if (outcome.outcome === 'unknown') return
  const { supervisorId, groupId, groupName, name } = outcome
  await removePrompts(tx, deps, await dropPromptsOf(tx, supervisorId))
  await releaseAbandoned(tx, deps)
  await clearUnattended(tx, deps, groupId)
  await alarmAdmins(tx, deps, 'handling:alarm.left', { group: groupName, name })
  await appendAudit(tx, {
    ...{ at: deps.now(), actor: 'system', action: 'supervisor left the chat' },
    subject: `supervisor:${supervisorId}`,
    detail: { groupId },
  })
}
