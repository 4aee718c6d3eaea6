const WINDOW_MS = 60_000
/** Mistyped a few times is human; a guess a second is not. */
const WRONG_OF_ONE = 5
/** Where so many codes are wrong in all, nobody gets more than one wrong guess a minute, and whoever knows the code gets in at once. */
const WRONG_IN_ALL = 60
/** Of addresses that guess, so many are remembered one by one. */
const REMEMBERED = 10_000

/** Wrong codes of the last minute, by who named them. Refused guesses are not counted: nobody waits longer than a minute. */
export function createGuesses(now: () => number) {
  let wrong: { from: string; at: number }[] = []
  const recent = () => {
    const since = now() - WINDOW_MS
    // A clock that was set back forgives.
    wrong = wrong.filter(({ at }) => at > since && at <= now())
    return wrong
  }
  return {
    /** Milliseconds until the address may guess again; 0 = now. */
    waitOf(from: string): number {
      const all = recent()
      const own = all.filter((one) => one.from === from)
      const most = all.length >= WRONG_IN_ALL ? 1 : WRONG_OF_ONE
      const oldest = own[own.length - most]
      return oldest ? oldest.at + WINDOW_MS - now() : 0
    },
    wrong(from: string) {
      wrong = [...recent(), { from, at: now() }].slice(-REMEMBERED)
    },
  }
}
