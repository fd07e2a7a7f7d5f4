import { z } from 'zod'
import { defineMethod } from './method.ts'

export const getMe = defineMethod({
  params: z.object({}),
  handle: ({ bot }) => ({
    ...bot.user,
    can_join_groups: true,
    can_read_all_group_messages: !bot.privacyMode,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
  }),
})

/** The stand-in has no other server to move to: both only answer that it is done. */
export const logOut = defineMethod({ params: z.object({}), handle: () => true })
export const close = defineMethod({ params: z.object({}), handle: () => true })
