import type { AreaLevel } from './area.ts'

const villageOffice = /(?:村民委员会|村委会)$/u
const residentOffice = /(?:居民委员会|居委会)$/u
const kindOfPlace = /(?:居委会|社区|畲族乡|街道|村|镇|乡|市|县|区)$/u

/**
 * What a villager calls the place: 山底村委会 and 山底村民委员会 are 山底村, 临江社区居委会 is 临江社区.
 *
 * The 村 of 村委会 may be the village's own (下村委会 is 下村) or stand behind it (下村村委会 is 下村 too), so the
 * whole word goes and one 村 comes back only where none is left. 举村村村委会 stays 举村村: that is its name.
 */
export function displayName(area: { name: string; level: AreaLevel }): string {
  if (area.level !== 'village' && area.level !== 'community') return area.name
  return plainName(area.name)
}

/** The same for a name as somebody typed it, whose level is not known. */
export function plainName(name: string): string {
  const village = name.replace(villageOffice, '')
  if (village !== name && village !== '') return village.endsWith('村') ? village : `${village}村`
  const community = name.replace(residentOffice, '')
  if (community === name || community === '') return name
  return community.endsWith('社区') ? community : `${community}居委会`
}

/** The name without the word for its kind: 山底 for 山底村, 大洲 for 大洲镇. Never empty. */
export function stemOf(name: string): string {
  return name.replace(kindOfPlace, '') || name
}
