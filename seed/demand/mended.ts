import type { Place } from '../place/place.ts'
import type { Trouble } from './categories.ts'
import { dwellingOf, type Sketched } from './day.ts'

/** What was mended holds for so many days: the time to the closing, and the fortnight after it. */
export const MENDED_DAYS = 18
/** Where all pipes of a house were told of, one of so many houses next to it. */
const HOUSES = 6

/** Where a fault lies: pipes are shared by the flats of a riser, everything else is of the flat. */
const spotOf = ({ house, entrance, riser, flat, trouble }: Sketched): string =>
  trouble.trade === 'plumbing'
    ? `${trouble.id} ${house} ${entrance} ${riser}`
    : `${trouble.id} ${house} . ${flat}`

const isOfItself = ({ back, duplicateOf, mass, trouble }: Sketched) =>
  back === 0 && duplicateOf === null && mass === null && comesOnce(trouble)
const comesOnce = ({ kind }: Trouble) => kind === 'work_request'

/** Spots at which something was told on a day; of a repeat it is not known yet. */
export const spotsOf = (sketched: readonly Sketched[]): ReadonlySet<string> =>
  new Set(sketched.filter(({ back }) => back === 0).map(spotOf))

/**
 * A fault that was mended stays mended: what would by chance be told again of the same riser or flat within days is told by a
 * neighbour further on. Those whom the work did not help call again in other ways: they reopen, or repeat under a new number,
 * and these are planted. Who tells the same thing twice moves along.
 */
export function mended(
  sketched: readonly Sketched[],
  before: readonly ReadonlySet<string>[],
  town: { seed: number; place: Place },
): Sketched[] {
  const told = new Set<string>()
  const isTold = (spot: string) => told.has(spot) || before.some((spots) => spots.has(spot))
  const moved = new Map<string, Sketched>()
  /** Somebody of a house of whose spot nothing was told; from stair to stair, because the next flats share few risers. */
  const elsewhere = (one: Sketched, house: number): Sketched => {
    const flats = town.place.houses[house]?.apartments ?? 1
    const stride = strideOf(flats)
    let here = one
    for (let next = 1; next < flats && isTold(spotOf(here)); next++)
      here = { ...one, house, ...dwellingOf(town, house, (one.flat + next * stride) % flats) }
    return here
  }
  return sketched.map((one) => {
    const first = one.duplicateOf === null ? undefined : moved.get(one.duplicateOf)
    if (first) {
      const { house, flat, entrance, riser, subject } = first
      return { ...one, house, flat, entrance, riser, subject }
    }
    if (!isOfItself(one)) return one
    let here = one
    const houses = one.trouble.trade === 'plumbing' ? HOUSES : 1
    for (let next = 0; isTold(spotOf(here)) && next < houses; next++)
      here = elsewhere(one, (one.house + next) % town.place.houses.length)
    if (here !== one) moved.set(one.number, here)
    told.add(spotOf(here))
    return here
  })
}

/** A step that comes to every flat before it comes back. */
function strideOf(flats: number): number {
  const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b))
  let stride = Math.max(1, Math.floor(flats * 0.38))
  while (common(flats, stride) !== 1) stride++
  return stride
}
