import type { ChatContext } from './context.ts'

/** Telegram sends the pictures of an album within seconds. */
const rememberedMs = 60_000

/**
 * An album comes as one message for each picture. Tells whether something is said about it for the first time, so that
 * it is said once and not ten times. In memory only: after a restart it may be said again.
 */
export type Albums = {
  isNews: (ctx: ChatContext, what: string) => boolean
  isTold: (ctx: ChatContext, what: string) => boolean
}

export function createAlbums(): Albums {
  const untilAt = new Map<string, number>()
  const forgetOld = (now: number) => {
    for (const [told, until] of untilAt) if (until < now) untilAt.delete(told)
  }
  const keyOf = (ctx: ChatContext, what: string) =>
    `${ctx.chat?.id} ${ctx.message?.media_group_id} ${what}`
  return {
    isTold: (ctx, what) => untilAt.has(keyOf(ctx, what)),
    isNews: (ctx, what) => {
      if (ctx.message?.media_group_id === undefined) return true
      const told = keyOf(ctx, what)
      const now = Date.now()
      forgetOld(now)
      if (untilAt.has(told)) return false
      // An update that fails is worked off again, and must find that nothing was said.
      ctx.turn.afterCommit.push(() => untilAt.set(told, now + rememberedMs))
      return true
    },
  }
}
