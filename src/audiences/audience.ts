import { z } from 'zod'
import { riskClasses } from '../areas/area.ts'
import { contentKinds } from '../content/content.ts'
import { languages } from '../messages/messages.ts'
import { subscriberRoles } from '../subscribers/subscriber.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/**
 * To whom something goes. What is left out does not matter; what is there must all hold. Nobody is in an audience who
 * said /stop, paused, blocked the bot, chose no village, or switched the topic off.
 */
export const audience = z.strictObject({
  /** Ids of places; each with everything below it. */
  areas: z.array(z.int()).min(1).optional(),
  riskClasses: z.array(z.enum(riskClasses)).min(1).optional(),
  /** How many days the election day is away, both included; negative: it is over. */
  daysToElection: z.strictObject({ from: z.int(), to: z.int() }).optional(),
  topic: z.enum(contentKinds).optional(),
  languages: z.array(z.enum(languages)).min(1).optional(),
  roles: z.array(z.enum(subscriberRoles)).min(1).optional(),
  /** Subscribed on this day or later. */
  joinedSince: day.optional(),
  /** Content by its id: those who did not say that they read it. */
  notRead: z.int().optional(),
  /** Content by its id: those who did not answer its question rightly. */
  notMastered: z.int().optional(),
  /** Those whose delivery of this queue ended so: for what follows a campaign. */
  inQueue: z.strictObject({ id: z.int(), state: z.enum(['sent', 'uncertain']) }).optional(),
})
export type Audience = z.infer<typeof audience>
