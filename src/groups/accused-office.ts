import type { AccusedRole } from './accused-rank.ts'

const office =
  '(?:副?(?:书记|主任|主席|部长|局长|科长|所长|站长|队长|检察长|院长)|(?:组织|宣传|统战|纪检|政法|武装|人大)?委员|常委|干部|领导|干警|民警|工作人员|公务员)'
/** What stands between a place and the office in it: 镇里的干部, 县委组织部副部长. */
const organ =
  '(?:里|上|级|党委|党工委|委|政府|政协|人大|纪委|纪工委|纪检|监委|监察|办事处|组织部?|宣传部?|统战部?|武装部?|政法委?|公安局?|民政局?|农业局?|农办|法院|检察院|派出所|司法所|的)*'
/** 乡长期, 在镇长大 are no offices. */
const head = '长(?![期大久住得到年])'
const english =
  '(?:party |deputy |vice[- ])?(?:secretary|head|mayor|official|leader|cadre|governor)'

/** What is found first counts, the highest first. 超市, 社区 and 老乡 are no places with an office. */
const signs: readonly [AccusedRole, RegExp][] = [
  [
    'city_official',
    new RegExp(`(?<![超菜集夜早城门都股])市(?:${head}|${organ}${office})|\\bcity ${english}`, 'iu'),
  ],
  [
    'county_official',
    new RegExp(
      `(?:县|(?<![社小园片校景山林库辖选学灾])区)(?:${head}|${organ}${office})|\\bcounty ${english}`,
      'iu',
    ),
  ],
  [
    'township_official',
    new RegExp(
      `(?:(?<!城)镇|街道|(?<![老家下回返同故])乡)(?:${head}|${organ}${office})|(?:包村|驻村|联村|蹲点)的?(?:组长|干部|领导|书记|同志)|派出所的?(?:副?所长|民警|干警|领导)|\\b(?:town|township) ${english}`,
      'iu',
    ),
  ],
]

/**
 * Which office above the village these words name: 副镇长, 县委组织部部长, 包村干部. Null when they name none. Whoever does not
 * know what to press still writes what the person is called. `countyIsCity`: the county is one such as 江山市, where 市 means
 * it unless the words say otherwise.
 */
export function readOffice(
  text: string | undefined,
  { countyIsCity }: { countyIsCity: boolean },
): AccusedRole | null {
  const plain = (text ?? '').normalize('NFKC').replace(/(?<=\p{Script=Han})[\s·・•]+/gu, '')
  const found = signs.find(([, sign]) => sign.test(plain))?.[0] ?? null
  if (found !== 'city_official' || !countyIsCity) return found
  return /衢州|地级|大市|上级市/u.test(plain) ? found : 'county_official'
}
