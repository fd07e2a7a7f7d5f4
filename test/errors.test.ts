import { describe, expect, it } from 'vitest'
import { explainEnd, StartError } from '../src/errors.ts'

const secret = '王秀英看见他送了五百元'
const withCode = Object.assign(new TypeError(`row: ${secret}\n    at ${secret}`), {
  code: 'P2002',
  meta: { text: secret },
})

describe('explainEnd', () => {
  it('gives the sentence of what the operator can mend', () => {
    const error = new StartError('PORT: choose another one.')
    expect(explainEnd(error, { withStack: true })).toBe('PORT: choose another one.')
  })

  it('tells of everything else class and code, in one line', () => {
    expect(explainEnd(withCode, { withStack: false })).toBe(
      'Ended by an unexpected error: TypeError (P2002). With LOG_LEVEL=debug it says where.',
    )
    expect(explainEnd(secret, { withStack: false })).toMatch(/^Ended .*: string\. /)
  })

  it('adds where it arose when asked, and never what it says', () => {
    const [first, ...places] = explainEnd(withCode, { withStack: true }).split('\n')
    expect(first).toBe('Ended by an unexpected error: TypeError (P2002)')
    expect(places[0]).toContain('errors.test.ts')
    expect(places.join()).not.toContain(secret)
    expect(explainEnd(secret, { withStack: true })).not.toContain(secret)
  })
})
