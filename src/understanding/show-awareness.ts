import { displayName } from '../areas/area-name.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import type { Button, Keyboard } from '../delivery/outgoing.ts'
import type { Translator } from '../messages/messages.ts'
import { type Awareness, listFurthest, type Share } from './awareness.ts'
import { nameOf, type Subject, titleOf, tokenOf, toSubject } from './subject.ts'

export type AwarenessView = { text: string; keyboard: Keyboard }

type Shown = { tree: AreaTree; t: Translator; areaId: number; subject: Subject }

/** What an old phone shows without scrolling for long, in two columns. */
const pageSize = 16
const columns = 2
const barLength = 10
const titleMaxLength = 30

/**
 * How far a place is: bars, how many are missing until everybody knows, and which villages are furthest. Buttons carry
 * `u:see:<areaId>:<subject>:<page>`, `u:each:<areaId>:<subject>` and `u:list:<areaId>`.
 */
export function showAwareness(
  { tree, t, areaId, subject }: Shown,
  awareness: (areaId: number) => Awareness,
  page: number,
): AwarenessView {
  const { people, read, mastered } = awareness(areaId)
  const isSet = subject.kind === 'series'
  const place = tree.path(areaId)
  const head = t('understanding:awareness.head', { place, subject: nameOf(subject, t.language) })
  const inWords = wordsFor({ tree, t, areaId })
  const readWord = isSet ? t('understanding:awareness.readAll') : t('understanding:awareness.read')
  const masteredWord = isSet
    ? t('understanding:awareness.masteredAll')
    : t('understanding:awareness.mastered')
  const known = [
    t('understanding:awareness.people', { people: inWords(people) }),
    showShare(read, readWord, inWords, t),
    mastered
      ? showShare(mastered, masteredWord, inWords, t)
      : t('understanding:awareness.noQuestion'),
    ...showFurthest({ tree, t, areaId }, awareness),
    t('understanding:awareness.note'),
  ]
  const body =
    people === 0 ? [t('understanding:awareness.fewPeople', { people: inWords(0) })] : known
  return {
    text: [head, ...body].join('\n\n'),
    keyboard: [
      ...listBelow({ tree, t, areaId, subject }, awareness, page),
      ...listTurns({ tree, t, areaId, subject }),
    ],
  }
}

/** Each content of a set by itself. `awareness` is by content, of this place. */
export function showEach(
  { tree, t, areaId, subject }: Shown,
  awareness: (contentId: number) => Awareness,
): AwarenessView {
  const few = wordsFor({ tree, t, areaId })(0)
  const lines = subject.lessons.map((lesson, index) => {
    const { people, read, mastered } = awareness(lesson.version.contentId)
    const params = {
      at: index + 1,
      title: shorten(titleOf(lesson, t.language)),
      read: shortShare(people, read, few),
    }
    return mastered
      ? t('understanding:awareness.eachLine', {
          ...params,
          mastered: shortShare(people, mastered, few),
        })
      : t('understanding:awareness.eachLineRead', params)
  })
  const params = { place: tree.path(areaId), subject: nameOf(subject, t.language) }
  const numbers = subject.lessons.map((lesson, index) => ({
    text: String(index + 1),
    data: see(areaId, toSubject(lesson)),
  }))
  return {
    text: [
      t('understanding:awareness.each', params),
      ...lines,
      t('understanding:awareness.note'),
    ].join('\n\n'),
    keyboard: [
      ...inRows(numbers, 5),
      [{ text: t('understanding:awareness.button.back'), data: see(areaId, subject) }],
    ],
  }
}

/** Which of the places that bear one name is meant. */
export function showPlaces(
  { tree, t, subject }: Omit<Shown, 'areaId'>,
  places: readonly { id: number }[],
): AwarenessView {
  return {
    text: t('understanding:awareness.which'),
    keyboard: places
      .slice(0, pageSize)
      .map(({ id }) => [{ text: tree.path(id), data: see(id, subject) }]),
  }
}

/** What can be looked at: sets, and published content outside of sets. */
export function showSubjects(
  { tree, t, areaId }: Omit<Shown, 'subject'>,
  subjects: readonly Subject[],
): AwarenessView {
  return {
    text: t('understanding:awareness.choose', { place: tree.path(areaId) }),
    keyboard: subjects
      .slice(0, pageSize)
      .map((subject) => [
        { text: shorten(nameOf(subject, t.language)), data: see(areaId, subject) },
      ]),
  }
}

const see = (areaId: number, subject: Subject, page = 0) =>
  `u:see:${areaId}:${tokenOf(subject)}:${page}`

function showShare(
  { people, missing, percent }: Share,
  what: string,
  inWords: (people: number) => string,
  t: Translator,
): string {
  return t('understanding:awareness.share', {
    what,
    known: inWords(people),
    bar: people === 0 ? barOf(0) : `${barOf(percent)} ${percent}%`,
    missing: inWords(missing),
  })
}

function shortShare(people: number, share: Share, few: string): string {
  return people === 0 || share.people === 0 ? few : `${share.percent}%`
}

function showFurthest(
  { tree, t, areaId }: Omit<Shown, 'subject'>,
  awareness: (areaId: number) => Awareness,
): string[] {
  if (tree.children(areaId).length === 0) return []
  const furthest = listFurthest(tree, awareness, areaId)
  if (furthest.length === 0) return [t('understanding:awareness.noneLeft')]
  const lines = furthest.map(({ areaId: id, share }, index) => {
    const inWords = wordsFor({ tree, t, areaId: id })
    return t('understanding:awareness.furthestLine', {
      at: index + 1,
      place: pathBelow(tree, id, areaId),
      percent: share.people === 0 ? inWords(0) : `${share.percent}%`,
      missing: inWords(share.missing),
    })
  })
  return [[t('understanding:awareness.furthest'), ...lines].join('\n')]
}

/** "大洲镇 山底村", seen from the county. */
function pathBelow(tree: AreaTree, id: number, aboveId: number): string {
  const chain = tree.chain(id)
  const above = chain.findIndex((area) => area.id === aboveId)
  return chain.slice(0, above).reverse().map(displayName).join(' ')
}

function listBelow(
  { tree, t, areaId, subject }: Shown,
  awareness: (areaId: number) => Awareness,
  page: number,
): Keyboard {
  const all = tree.children(areaId)
  const places = all.slice(page * pageSize, (page + 1) * pageSize).map((area) => {
    const { people, read } = awareness(area.id)
    const percent = people === 0 || read.people === 0 ? '' : ` ${read.percent}%`
    return { text: `${displayName(area)}${percent}`, data: see(area.id, subject) }
  })
  const turns: Button[] = [
    ...(page > 0
      ? [{ text: t('areas:choose.previous'), data: see(areaId, subject, page - 1) }]
      : []),
    ...((page + 1) * pageSize < all.length
      ? [{ text: t('areas:choose.next'), data: see(areaId, subject, page + 1) }]
      : []),
  ]
  return [...inRows(places, columns), ...(turns.length > 0 ? [turns] : [])]
}

function listTurns({ tree, t, areaId, subject }: Shown): Keyboard {
  const { parentId } = tree.get(areaId)
  const each = { text: t('understanding:awareness.button.each'), data: eachOf(areaId, subject) }
  const up = { text: t('understanding:awareness.button.up'), data: see(parentId ?? 0, subject) }
  return [
    ...(subject.kind === 'series' ? [[each]] : []),
    [
      ...(parentId === null ? [] : [up]),
      { text: t('understanding:awareness.button.other'), data: `u:list:${areaId}` },
    ],
  ]
}

const eachOf = (areaId: number, subject: Subject) => `u:each:${areaId}:${tokenOf(subject)}`

function barOf(percent: number): string {
  const full = Math.floor((percent * barLength) / 100)
  return '█'.repeat(full) + '░'.repeat(barLength - full)
}

/** 258540 → 258,540 people; a 0 stands for fewer than five in the village, or in each village of the place. */
function wordsFor({ tree, t, areaId }: Omit<Shown, 'subject'>): (people: number) => string {
  const format = new Intl.NumberFormat(t.language)
  const isVillage = tree.children(areaId).length === 0
  return (people) => {
    if (people > 0) return t('understanding:awareness.count', { number: format.format(people) })
    return isVillage ? t('understanding:awareness.fewer') : t('understanding:awareness.fewerEach')
  }
}

function shorten(title: string): string {
  const characters = [...title]
  return characters.length <= titleMaxLength
    ? title
    : `${characters.slice(0, titleMaxLength - 1).join('')}…`
}

function inRows(buttons: readonly Button[], perRow: number): Keyboard {
  return Array.from({ length: Math.ceil(buttons.length / perRow) }, (_, row) =>
    buttons.slice(row * perRow, (row + 1) * perRow),
  )
}
