import { expect, test } from 'vitest'
import { fullName, roleOf } from '../../../src/sandbox/page/people/roles.ts'

const person = { id: 1, is_bot: false, first_name: '秀英', last_name: '王' }

test('the username tells the role, and everybody else is a villager', () => {
  expect(roleOf({ ...person, username: 'admin_lin' })).toBe('admin')
  expect(roleOf({ ...person, username: 'supervisor_1' })).toBe('supervisor')
  expect(roleOf(person)).toBe('villager')
})

test('Chinese names are written family name first, without a space', () => {
  expect(fullName(person)).toBe('王秀英')
  expect(fullName({ ...person, first_name: 'Anna', last_name: 'Zhou' })).toBe('Anna Zhou')
})
