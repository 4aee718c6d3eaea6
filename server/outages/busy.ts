import { WINDOWS_MIN } from '#server/stats/burst.ts'
import type { Recent } from './recent.ts'
import type { Call } from './suspicions.ts'

const MINUTE = 60_000
/** So many calls are counted anew for each scan; of more the count is kept for a minute, or until a tenth more came. */
const FEW = 500
const MORE = 1.1

/** How many houses of the whole city called in each window of WINDOWS_MIN, counted house by house. */
export function openBusy(recent: Recent) {
  let countedAt = Number.NEGATIVE_INFINITY
  let size = 0
  let lastOf = new Map<number, number>()
  let all: number[] = []
  const since = (window: number) => countedAt - (WINDOWS_MIN[window] ?? 0) * MINUTE
  const called = (house: number, window: number) =>
    (lastOf.get(house) ?? Number.NEGATIVE_INFINITY) > since(window)

  return {
    /** Counts where that is due; `isOwn`: calls of the city as usual, which no outage explains. Returns how many were looked at. */
    count(clock: number, isOwn: () => (call: Call) => boolean): number {
      const now = recent.size()
      const isFresh = clock < countedAt + MINUTE && now <= size * MORE
      if (now > FEW && isFresh) return 0
      countedAt = clock
      size = now
      lastOf = new Map()
      const counts = isOwn()
      for (const call of recent.all())
        if (counts(call))
          lastOf.set(
            call.place.key,
            Math.max(call.at, lastOf.get(call.place.key) ?? Number.NEGATIVE_INFINITY),
          )
      all = WINDOWS_MIN.map((_, window) => {
        let houses = 0
        for (const house of lastOf.keys()) if (called(house, window)) houses++
        return houses
      })
      return now
    },
    /** By window: the houses that called, without these. */
    without: (houses: readonly number[]): number[] =>
      all.map((count, window) => count - houses.filter((house) => called(house, window)).length),
  }
}
