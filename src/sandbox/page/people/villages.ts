/** The villages of the directory that is shipped, each with the link that its printed QR code holds. */
import type { Choice } from './picker.tsx'

interface Area {
  code: string
  name: string
  level: string
  parentCode: string
}

/** Loaded only when somebody scans: it is longer than the page's own code for people. */
export async function listVillages(): Promise<Choice<string>[]> {
  const { default: csv } = await import('../../../../prisma/seed/quzhou-2016.csv?raw')
  const areas = csv.trim().split('\n').slice(1).map(toArea)
  const byCode = new Map(areas.map((area) => [area.code, area]))
  return areas
    .filter(({ level }) => level === 'village' || level === 'community')
    .map(({ code, name, parentCode }) => {
      const township = byCode.get(parentCode)
      const county = byCode.get(township?.parentCode ?? '')
      return {
        value: `v_${code}`,
        name: shortName(name),
        note: `${county?.name ?? ''}${township?.name ?? ''}`,
      }
    })
}

function toArea(line: string): Area {
  const [code = '', name = '', level = '', parentCode = ''] = line.trim().split(',')
  return { code, name, level, parentCode }
}

/** As the villagers call it: without the office that has its seat there. */
function shortName(name: string): string {
  const village = name.replace(/(村民委员会|村委会)$/u, '')
  return village === name || village.endsWith('村') ? village : `${village}村`
}
