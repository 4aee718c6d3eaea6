import { DAY, dayOf, startOf } from '../calendar.ts'
import { distance } from '../place/geometry.ts'
import type { House, Place } from '../place/place.ts'
import type { Random } from '../random.ts'
import type { Company } from './companies.ts'

/** From `from` on the company answers for the house. Positions in the lists of houses and companies. */
export interface Tenure {
  company: number
  from: number
  contract: string
}

/** Tenures of every house, oldest first; the first began before the history does. */
export type Tenures = readonly (readonly Tenure[])[]

/** Positions of companies: from an instant on the one is part of the other. */
export interface Merger {
  from: number
  into: number
  at: number
}

interface Era {
  /** Instants: the history begins, the history ends. Changes go on for a year after it. */
  start: number
  end: number
}

/** A fast growing company takes over this share of what it had, within the history. */
const GROWTH = 0.3
/** «УК Северный ветер» loses this share of what it had to «УК Прибрежная». */
const SOLD = 0.12
/** Share of all other houses that change hands in a year. */
const TURNOVER = 0.02

export function createTenures(
  place: Place,
  companies: readonly Company[],
  { start, end }: Era,
  random: Random,
  merger?: Merger,
) {
  const managing = companies.filter(({ houses }) => houses > 0)
  const holders = territories(place, managing, random)
  const tenures: Tenure[][] = place.houses.map((house, i) =>
    past(house, holders[i] as number, managing.length, start, random),
  )
  const grower = growerAmong(managing)
  const moves = [
    ...takeovers(place, holders, managing, grower, random),
    ...shifts(place, holders, managing, grower, start, end, random),
  ]
  const firstDay = dayOf(start)
  const days = Math.max(1, dayOf(end) - firstDay)
  for (const { house, company, when } of moves) {
    const at = startOf(firstOfMonth(firstDay + Math.round(when * days)))
    const own = tenures[house] as Tenure[]
    const last = own.at(-1)
    if (at <= start || (last && at - last.from < 40 * DAY) || last?.company === company) continue
    own.push({ company, from: at, contract: contractOf(at, house) })
  }
  if (merger)
    tenures.forEach((own, house) => {
      own.splice(0, own.length, ...merged(own, house, merger))
    })
  return { tenures: tenures as Tenures, grower }
}

/** What the one company held at that instant, and would have taken over later, is the other's. */
function merged(own: readonly Tenure[], house: number, { from, into, at }: Merger): Tenure[] {
  const kept = own.map((tenure) =>
    tenure.company === from && tenure.from >= at ? { ...tenure, company: into } : tenure,
  )
  const position = kept.findLastIndex((tenure) => tenure.from < at)
  if (kept[position]?.company === from)
    kept.splice(position + 1, 0, { company: into, from: at, contract: contractOf(at, house) })
  return kept.filter((tenure, i) => tenure.company !== kept[i - 1]?.company)
}

/** Each company takes the nearest houses to its home that nobody has yet; the small ones choose first. */
function territories(
  { houses, plan }: Place,
  managing: readonly Company[],
  random: Random,
): number[] {
  const holders: number[] = houses.map(() => -1)
  const take = (company: number, wanted: number, home: House) => {
    const near = houses
      .map((house, i) => ({
        i,
        away: distance(house.centre, home.centre) * (house.district === home.district ? 1 : 1.6),
      }))
      .filter(({ i }) => holders[i] === -1)
      .sort((a, b) => a.away - b.away || a.i - b.i)
    for (const { i } of near.slice(0, wanted)) holders[i] = company
  }
  const order = managing
    .map((company, i) => ({ company, i }))
    .sort(
      (a, b) =>
        Number(b.company.district !== null) - Number(a.company.district !== null) ||
        a.company.houses - b.company.houses ||
        a.i - b.i,
    )
  for (const { company, i } of order) {
    const district = plan.districts.findIndex(({ id }) => id === company.district)
    const freeIn = houses.filter(
      (house, h) => holders[h] === -1 && (district === -1 || house.district === district),
    )
    const free = freeIn.length > 0 ? freeIn : houses.filter((_, h) => holders[h] === -1)
    if (free.length === 0) continue
    const parts = company.houses > 60 ? 3 : company.houses > 24 ? 2 : 1
    for (let part = 0; part < parts; part++)
      take(
        i,
        Math.ceil((company.houses * (part + 1)) / parts) -
          Math.ceil((company.houses * part) / parts),
        random.pick(free),
      )
  }
  const largest = order.at(-1)?.i ?? 0
  return holders.map((holder) => (holder === -1 ? largest : holder))
}

function past(
  house: House,
  holder: number,
  companies: number,
  start: number,
  random: Random,
): Tenure[] {
  const built = startOf(Math.round((house.year - 1970) * 365.25))
  const earliest = Math.max(startOf(16_222), built) // 1 June 2014
  const latest = start - 200 * DAY
  const between = (from: number, to: number) =>
    startOf(firstOfMonth(dayOf(from + random.next() * Math.max(0, to - from))))
  const own = {
    company: holder,
    from: Math.min(between(earliest, latest), startOf(dayOf(start) - 30)),
  }
  if (random.chance(0.22) && own.from - earliest > 700 * DAY) {
    const other = random.whole(0, companies - 1)
    const from = between(earliest, own.from - 400 * DAY)
    if (other !== holder)
      return [
        { company: other, from, contract: contractOf(from, random.whole(1, 400)) },
        { ...own, contract: contractOf(own.from, random.whole(1, 400)) },
      ]
  }
  return [{ ...own, contract: contractOf(own.from, random.whole(1, 400)) }]
}

interface Move {
  house: number
  company: number
  /** 0 = the history's first day, 1 = its last. */
  when: number
}

/** The largest company of middle size. */
const growerAmong = (managing: readonly Company[]) =>
  managing.reduce(
    (best, company, i) =>
      company.district === null &&
      company.part === null &&
      company.houses < 60 &&
      company.houses > (managing[best]?.houses ?? 0)
        ? i
        : best,
    managing.length - 1,
  )

/** Houses around the growing company, a few each month. */
function takeovers(
  { houses }: Place,
  holders: readonly number[],
  managing: readonly Company[],
  grower: number,
  random: Random,
): Move[] {
  const home = houses[holders.indexOf(grower)]
  if (!home) return []
  const wanted = Math.round((managing[grower]?.houses ?? 0) * GROWTH)
  return houses
    .map((house, i) => ({ i, away: distance(house.centre, home.centre) }))
    .filter(({ i }) => holders[i] !== grower && (managing[holders[i] as number]?.houses ?? 0) > 6)
    .sort((a, b) => a.away - b.away || a.i - b.i)
    .slice(0, wanted)
    .map(({ i }) => ({ house: i, company: grower, when: random.between(0.1, 0.92) }))
}

/** «УК Прибрежная» takes over some houses of «УК Северный ветер»; others change hands here and there. */
function shifts(
  { houses }: Place,
  holders: readonly number[],
  managing: readonly Company[],
  grower: number,
  start: number,
  end: number,
  random: Random,
): Move[] {
  const years = (end - start) / (365 * DAY) + 1
  const moves: Move[] = []
  const [buyer, seller] = [0, 1]
  const home = houses[holders.indexOf(buyer)]
  if (home)
    houses
      .map((house, i) => ({ i, away: distance(house.centre, home.centre) }))
      .filter(({ i }) => holders[i] === seller)
      .sort((a, b) => a.away - b.away || a.i - b.i)
      .slice(0, Math.round((managing[seller]?.houses ?? 0) * SOLD))
      .forEach(({ i }) => {
        moves.push({ house: i, company: buyer, when: 0.4 })
      })
  const last = 1 + (365 * DAY) / Math.max(DAY, end - start)
  houses.forEach((_, house) => {
    const small = (managing[holders[house] as number]?.houses ?? 0) < 6
    if (small || holders[house] === grower || !random.chance(TURNOVER * years)) return
    const company = random.whole(0, managing.length - 1)
    if ((managing[company]?.houses ?? 0) >= 6)
      moves.push({ house, company, when: random.between(0.05, last) })
  })
  return moves
}

const firstOfMonth = (day: number) => {
  const date = new Date(day * DAY)
  return Math.round(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY)
}

/** «26-114»: year and number. */
const contractOf = (from: number, number: number) =>
  `${String(new Date(dayOf(from) * DAY).getUTCFullYear()).slice(2)}-${(number % 400) + 1}`

/** Position of the company that answers for the house at an instant. */
export function holderAt(tenures: readonly Tenure[], instant: number): number {
  let holder = tenures[0]?.company ?? 0
  for (const tenure of tenures) if (tenure.from <= instant) holder = tenure.company
  return holder
}
