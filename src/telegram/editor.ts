import type { Staff } from '../staff/staff-store.ts'
import type { ChatContext } from './context.ts'

/** Who wrote or pressed, if they may write and publish content; null for everybody else. */
export async function editorOf(ctx: ChatContext): Promise<Staff | null> {
  const staff = await ctx.turn.staff()
  return staff && (staff.role === 'admin' || staff.role === 'editor') ? staff : null
}
