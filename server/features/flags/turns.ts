/** Whoever asked has gone while it waited; the work was not done. */
export class GoneError extends Error {}

/**
 * Work done one after another; null, and nothing is done, where `most` wait already. What waits for somebody who has gone makes room
 * at once and is not done; what is begun is done to its end.
 */
export function createTurns(most: number) {
  let last: Promise<unknown> = Promise.resolve()
  let unfinished = 0
  return <T>(work: () => Promise<T>, gone: AbortSignal): Promise<T> | null => {
    if (unfinished > most) return null
    unfinished++
    let counted = true
    const leave = () => {
      if (counted) unfinished--
      counted = false
    }
    gone.addEventListener('abort', leave)
    const turn = last
      .then(() => {
        gone.removeEventListener('abort', leave)
        if (gone.aborted) throw new GoneError('whoever asked has gone')
        return work()
      })
      .finally(leave)
    last = turn.catch(() => undefined)
    return turn
  }
}
