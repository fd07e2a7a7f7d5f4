import { Composer } from 'grammy'
import type { DirectoryCache } from '../../areas/directory.ts'
import type { DraftDeps } from '../../tips/filing/answer-draft.ts'
import type { ChatContext } from '../context.ts'
import { beginReport } from './report.ts'
import { sayHelp } from './settings.ts'
import { sayOwnStatus } from './status.ts'
import { saySettings } from './subscriber-settings.ts'
import { sayVillages } from './village.ts'

type Words = [RegExp, (ctx: ChatContext) => Promise<void>]

/** Who types the word of a button means the button. Asked after the report, where words are answers. */
export function typedWordsFeature(
  deps: DraftDeps & { directory: DirectoryCache; today: () => string },
): Composer<ChatContext> {
  const words: Words[] = [
    [/^(我要举报.*|举报|report)$/su, (ctx) => beginReport(ctx, deps)],
    [/^(帮助|help)$/u, sayHelp],
    [/^(选村|换村|选村换村|choosevillage|village)$/u, (ctx) => sayVillages(ctx, deps.directory)],
    [/^(设置|settings)$/u, (ctx) => saySettings(ctx, deps)],
    [/^(状态|查询|status)$/u, (ctx) => sayOwnStatus(ctx, deps)],
  ]
  const feature = new Composer<ChatContext>()
  feature.on('message:text', (ctx, next) => {
    const { text } = ctx.message
    const typed = text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '')
    const act = text.startsWith('/') ? undefined : words.find(([word]) => word.test(typed))?.[1]
    return act ? act(ctx) : next()
  })
  return feature
}
