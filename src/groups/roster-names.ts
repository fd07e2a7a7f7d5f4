const doubleSurnames = /^(?:欧阳|司马|诸葛|上官|司徒|夏侯|皇甫|尉迟|慕容|令狐|宇文|公孙|端木|东方)/u

/**
 * What somebody of a roster is called: as written, and as people say it. 李建国 who is 纪委书记 is 李书记, 李纪委书记 and
 * 建国书记.
 */
export function namesOf({ name, title }: { name: string; title: string }): string[] {
  const surname = doubleSurnames.exec(name)?.[0] ?? [...name][0] ?? ''
  const given = name.slice(surname.length)
  const called = [surname, ...([...given].length > 1 ? [given] : [])]
  return [name, ...endsOf(title).flatMap((end) => called.map((one) => `${one}${end}`))]
}

/** 纪委书记 is called 书记 as well. One character is no title. */
function endsOf(title: string): string[] {
  const characters = [...title]
  return characters.slice(0, -1).map((_, at) => characters.slice(at).join(''))
}
