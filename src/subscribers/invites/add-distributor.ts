import { randomInt } from 'node:crypto'
import type { Db } from '../../db/open-database.ts'
import { cleanText, countCharacters } from '../../lib/plain-text.ts'
import { createDistributor, type Distributor, listDistributors } from './distributor-store.ts'

const nameMaxLength = 30
/** Nobody confuses these on paper; no letter that with others could make a word. */
const alphabet = 'CDFGHJKMNPQRTVWXY34679'
const codeLength = 5
const codeTries = 5

export type AddOutcome =
  | { outcome: 'added'; distributor: Distributor }
  | { outcome: 'no-name' }
  | { outcome: 'too-long' }
  /** Two of the same name could not be told apart in the list. */
  | { outcome: 'name-taken'; distributor: Distributor }

/** 22⁵ ≈ 5 million codes: short enough for a link on paper. */
export async function addDistributor(
  tx: Db,
  { name: typed, now }: { name: string; now: Date },
): Promise<AddOutcome> {
  const name = cleanText(typed).replace(/\s+/gu, ' ')
  if (name === '') return { outcome: 'no-name' }
  if (countCharacters(name) > nameMaxLength) return { outcome: 'too-long' }
  const known = await listDistributors(tx)
  const same = known.find((other) => other.name === name && !other.retiredAt)
  if (same) return { outcome: 'name-taken', distributor: same }
  for (let tried = 0; tried < codeTries; tried++) {
    const row = { code: createDistributorCode(), name, createdAt: now }
    const distributor = await createDistributor(tx, row)
    if (distributor) return { outcome: 'added', distributor }
  }
  throw new Error('No code for a distributor is free')
}

function createDistributorCode(): string {
  const letters = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)])
  return letters.join('')
}
