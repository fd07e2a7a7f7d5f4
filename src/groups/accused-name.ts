import { soundOf } from '../areas/area-words.ts'

/**
 * Does a group's roster or description name the accused?
 *
 * Matched: the name as typed inside a roster name or the description, and a roster name inside what was typed
 * (“村主任张三” names 张三 of the roster), after full-width forms, spaces, dots and capitals are evened out; a name of three
 * characters or more that sounds the same, because who only heard it writes it as it sounds; an office that somebody of
 * the roster holds. Not matched: a nickname that the roster does not write, and one lone character inside a longer text,
 * because a surname alone would rule out nearly every group; one character matches a roster name that is that character. A word such as 主任 typed as a name may rule out groups that describe themselves with it: the tip
 * then only goes higher up, which is the safe mistake.
 */
export function namesAccused(
  group: {
    rosterNames: readonly string[]
    rosterTitles?: readonly string[] | undefined
    description: string
  },
  accusedName: string | undefined,
): boolean {
  const accused = evenOut(accusedName ?? '')
  if (accused === '') return false
  const roster = group.rosterNames.map(evenOut)
  if (characterCount(accused) > 1) {
    if (evenOut(group.description).includes(accused)) return true
    if (roster.some((name) => name.includes(accused))) return true
  }
  if (namesRoster(group.rosterNames, accused) || soundsLikeOne(roster, accused)) return true
  return (group.rosterTitles ?? []).some(holdsOffice(accused))
}

/** Whether a name of the roster stands, as it is written there, in something that was told. */
export function namesRoster(rosterNames: readonly string[], told: string | undefined): boolean {
  const text = evenOut(told ?? '')
  const isIn = (name: string) => characterCount(name) > 1 && text.includes(name)
  return text !== '' && rosterNames.map(evenOut).some((name) => name === text || isIn(name))
}

/** Names of two characters sound like too many others. */
const leastSounds = 3

/** At least one character is right, and only then it is worth asking how the others sound. */
function soundsLikeOne(roster: readonly string[], accused: string): boolean {
  const written = new Set(accused)
  const near = roster.filter(
    (name) => characterCount(name) >= leastSounds && [...name].some((one) => written.has(one)),
  )
  if (near.length === 0) return false
  const typed = ` ${soundsOf(accused).join(' ')} `
  return near.some((name) => {
    const sounds = soundsOf(name)
    return sounds.length >= leastSounds && typed.includes(` ${sounds.join(' ')} `)
  })
}

/** Syllables as people here hear them: zh like z, n like l, ing like in. Empty for what is not Chinese. */
function soundsOf(text: string): string[] {
  const characters = [...text].filter((one) => /\p{Script=Han}/u.test(one))
  return characters.map((one) =>
    soundOf(one)
      .replace(/^([zcs])h/, '$1')
      .replace(/^n/, 'l')
      .replace(/ng$/, 'n'),
  )
}

/** What everybody in a supervision group may be called says nothing about who it is. */
const ofGroup =
  /^(?:常务|执行)?副?(?:组长|队长|组员|成员|队员|负责人|牵头人|联络员|督导员|督查员|巡查员|调解员|观察员|信息员)$/u
/** 村主任 is not the 主任 of an office above the village. */
const ofVillage = /(?:村|社区|居|组|队)(?:里|民|委会?|委员会|党?支部|两委)*的?$/u

/** The accused is called by an office, and somebody of the roster has it: 纪委书记, 组织委员. */
function holdsOffice(accused: string) {
  return (written: string): boolean => {
    const title = evenOut(written)
    if (characterCount(title) < 2 || ofGroup.test(title)) return false
    if (characterCount(accused) > 2 && title.includes(accused)) return true
    const at = accused.indexOf(title)
    return at >= 0 && !ofVillage.test(accused.slice(0, at))
  }
}

function evenOut(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·・•.\u200b-\u200d\ufeff]/gu, '')
}

function characterCount(text: string): number {
  return [...text].length
}
