/** Work done one after another; null, and nothing is done, where `most` wait already. */
export function createTurns(most: number) {
  let last: Promise<unknown> = Promise.resolve()
  let unfinished = 0
  return <T>(work: () => Promise<T>): Promise<T> | null => {
    if (unfinished > most) return null
    unfinished++
    const turn = last.then(work).finally(() => {
      unfinished--
    })
    last = turn.catch(() => undefined)
    return turn
  }
}
