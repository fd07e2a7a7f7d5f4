const fewEnough = 20
const smallShare = 0.1

/**
 * True when a file would retire so much that it is probably only a part, such as one county's list. A real edition
 * changes about one place in five hundred.
 */
export function retiresTooMany(retired: number, known: number): boolean {
  return retired > fewEnough && retired > known * smallShare
}
