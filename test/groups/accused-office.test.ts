import { describe, expect, it } from 'vitest'
import { readOffice } from '../../src/groups/accused-office.ts'

const read = (text: string) => readOffice(text, { countyIsCity: false })

describe('an office above the village', () => {
  it.each([
    ['township_official', '副镇长'],
    ['township_official', '湖镇镇党委书记王某'],
    ['township_official', '我们乡的乡长'],
    ['township_official', '街道办事处副主任'],
    ['township_official', '镇里的组织委员'],
    ['township_official', '包村干部小陈'],
    ['township_official', '派出所所长'],
    ['township_official', '乡镇 干部'],
    ['township_official', 'the deputy township mayor is a town leader'],
    ['county_official', '县委组织部副部长'],
    ['county_official', '衢江区领导'],
    ['county_official', '副县长的司机'],
    ['county_official', '区纪委书记'],
    ['city_official', '市纪委的干部'],
    ['city_official', '副市长'],
    ['city_official', '镇长和市委书记'],
  ])('such as a %s is read from “%s”', (role, text) => {
    expect(read(text)).toBe(role)
  })

  it.each([
    '村支书',
    '村主任张三',
    '山底村书记',
    '龙洲街道山底村书记',
    '湖镇镇新光村的村主任',
    '社区干部',
    '小区领导',
    '三哥',
    '在镇上开超市的老板',
    '超市长期送东西',
    '他在县里读书',
    '乡长大的孩子',
    '镇人大代表',
    '老乡',
    '',
  ])('is not read from “%s”', (text) => {
    expect(read(text)).toBeNull()
  })

  it('is one of the county in a city of the county’s rank, unless the words say otherwise', () => {
    const inJiangshan = (text: string) => readOffice(text, { countyIsCity: true })
    expect(inJiangshan('市委组织部干部')).toBe('county_official')
    expect(inJiangshan('衢州市委书记')).toBe('city_official')
  })
})
