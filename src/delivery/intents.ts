/**
 * Bulk goes to Telegram only after it is written down that it may have gone: after a crash only that is in doubt, and not
 * everything that was claimed. `save` writes the whole list of a holder of the lease; false when the claim was lost.
 */
export function createIntents(save: (token: string, ids: bigint[]) => Promise<boolean>) {
  /** Whose they are, and which may go: written down, not gone yet. */
  let owner = ''
  let covered = new Set<bigint>()
  /** Gone, and the end is not written. */
  const underWay = new Set<bigint>()
  let begunMeanwhile = new Set<bigint>()

  return {
    covers: (token: string, id: bigint) => token === owner && covered.has(id),
    /** How many more may go. */
    ahead: () => covered.size,
    begin: (id: bigint) => {
      covered.delete(id)
      underWay.add(id)
      begunMeanwhile.add(id)
    },
    /** What came of it is written. */
    end: (id: bigint) => underWay.delete(id),
    /** Makes `upcoming` those that may go. False when the claim was lost. One call at a time. */
    write: async (token: string, upcoming: bigint[]): Promise<boolean> => {
      begunMeanwhile = new Set()
      const next = new Set(upcoming)
      // Until it is written only what the old list and the new one hold may go.
      covered = token === owner ? covered.intersection(next) : new Set()
      owner = token
      if (!(await save(token, [...underWay, ...upcoming]))) return false
      covered = next.difference(begunMeanwhile)
      return true
    },
  }
}
