import { expect, it } from 'vitest'
import { namesOf } from '../../src/groups/roster-names.ts'

it('somebody of a roster is called by name, by surname and office, and by given name and office', () => {
  const called = namesOf({ name: '李建国', title: '纪委书记' })
  for (const name of ['李建国', '李书记', '李纪委书记', '建国书记']) expect(called).toContain(name)
})

it('a surname of two characters stays whole', () => {
  expect(namesOf({ name: '欧阳明', title: '主任' })).toEqual(['欧阳明', '欧阳主任'])
})

it('who has no office is called by name alone', () => {
  expect(namesOf({ name: '李建国', title: '' })).toEqual(['李建国'])
})
