/** As many requests at a time as our dispatcher has under way. */
export const sideBySide = 100

/** Works all items off, `sideBySide` at a time. */
export async function workOff<T>(items: readonly T[], work: (item: T) => Promise<unknown>) {
  const rest = items.values()
  const worker = async () => {
    for (const item of rest) await work(item)
  }
  await Promise.all(Array.from({ length: sideBySide }, worker))
}
