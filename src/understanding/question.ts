import type { Quiz } from '../content/content.ts'

/**
 * A question as it is asked: of which version, and after how many answers. An answer counts only while both are still
 * true, so that of two messages with the same question one can be answered, and once.
 */
export type Question = { contentId: number; number: number; quiz: Quiz; tries: number }
