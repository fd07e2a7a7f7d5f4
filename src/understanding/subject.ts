import { titleOf as contentTitleOf } from '../content/content.ts'
import type { Language } from '../messages/messages.ts'
import type { Lesson } from './lesson-store.ts'

/** What people are to know: the rules of a set together, or one content. */
export type Subject = {
  kind: 'series' | 'content'
  id: number
  lessons: readonly Lesson[]
}

/** As a button carries it: s1, c12. */
export const tokenOf = ({ kind, id }: Pick<Subject, 'kind' | 'id'>) =>
  `${kind === 'series' ? 's' : 'c'}${id}`

/** Every set, then what belongs to none. */
export function listSubjects(lessons: readonly Lesson[]): Subject[] {
  const bySeries = Map.groupBy(lessons, ({ series }) => series?.id ?? null)
  return [...bySeries].flatMap(([id, members]): Subject[] =>
    id === null ? members.map(toSubject) : [{ kind: 'series', id, lessons: members }],
  )
}

/** Null for a set or content of which nothing is published (any more). */
export function findSubject(lessons: readonly Lesson[], token: string): Subject | null {
  const id = Number(token.slice(1))
  if (token.startsWith('s'))
    return listSubjects(lessons).find((subject) => tokenOf(subject) === token) ?? null
  const lesson = lessons.find(({ version }) => version.contentId === id)
  return lesson ? toSubject(lesson) : null
}

export function toSubject(lesson: Lesson): Subject {
  return { kind: 'content', id: lesson.version.contentId, lessons: [lesson] }
}

export function nameOf({ kind, lessons: [first] }: Subject, language: Language): string {
  if (!first) return ''
  return kind === 'series' && first.series ? first.series.name : titleOf(first, language)
}

export function titleOf({ version }: Lesson, language: Language): string {
  return contentTitleOf(version, language) || version.code
}

/** The contents that somebody has to have read, and those whose question they have to have answered. */
export function contentsOf({ lessons }: Subject): { contentIds: number[]; quizIds: number[] } {
  const ids = (some: readonly Lesson[]) => some.map(({ version }) => version.contentId)
  return { contentIds: ids(lessons), quizIds: ids(lessons.filter(hasQuestion)) }
}

function hasQuestion({ version }: Lesson): boolean {
  return Object.values(version.texts).some((text) => text?.quiz !== undefined)
}
