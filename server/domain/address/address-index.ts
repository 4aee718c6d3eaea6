import { houseKey } from './house.ts'
import { mayBeName } from './house-start.ts'
import { plain } from './letters.ts'
import {
  type How,
  type Likeness,
  likeness,
  MATCH,
  type Named,
  namedOf,
  UNSURE,
} from './likeness.ts'
import { type Element, type Reading, read } from './parse.ts'
import { type Street, streetBook } from './street-book.ts'
import { LEFT_OUT } from './tokens.ts'

/** The key of the house that an address names; undefined where it names none. */
export function keyOfHouse(text: string): string | undefined {
  const { house } = read(text)
  return house ? houseKey(house) : undefined
}

const SUGGESTED = 0.45
const MOST_SUGGESTIONS = 9

export interface Found {
  /** As given to `put`. */
  building: number
  /** In [0, 1]. */
  score: number
  how: How
}
export interface AddressAnswer {
  /** The one house that the address means; null where it may mean several or none. */
  found: Found | null
  /** Several houses have this very address in their register. */
  ambiguous: boolean
  /** Best first; without the one found. */
  suggestions: readonly Found[]
}
export interface AddressIndex {
  /**
   * The writings of a building's address in whatever languages; told again, they replace the earlier ones. Returns the keys
   * of houses, before and after: only addresses with one of them may mean another building than before, or such with a score below 1.
   */
  put(building: number, writings: readonly string[]): ReadonlySet<string>
  drop(building: number): void
  /** Pure: the same register and text give the same answer. */
  match(text: string): AddressAnswer
  size(): number
}

const NONE: AddressAnswer = { found: null, ambiguous: false, suggestions: [] }

/** @param homes names of the city itself in its languages: an address may carry or lack them. */
export function createAddressIndex(homes: readonly string[]): AddressIndex {
  const home = new Set(homes.flatMap((name) => plain(name).split(/[\s-]+/)))
  const book = streetBook()
  const places = new Map<number, { street: Street; house: string }[]>()

  /** Without the city's own name, unless nothing would be left. */
  function withoutHome(elements: readonly Element[]): Element[] {
    const left = elements.flatMap((element, at) => {
      const own = element.names.length > 0 && element.names.every((name) => home.has(name))
      if (own && (element.kind === 'г' || (element.kind === null && at < elements.length - 1)))
        return []
      const [first, ...others] = element.names
      return at === 0 && first !== undefined && home.has(first) && others.length > 0
        ? [{ kind: element.kind, names: others }]
        : [element]
    })
    return left.length > 0 ? left : [...elements]
  }

  /** Of its street; where nothing but a kind was written, the kind is the name. */
  function namedIn({ elements, or }: Reading): Named {
    const own = withoutHome(elements)
    const last = own.at(-1)
    const nameless = own.every(({ names }) => names.length === 0)
    return nameless && last?.said !== undefined && mayBeName(last.said)
      ? namedOf([{ kind: null, names: [last.said] }])
      : namedOf(own, or !== undefined)
  }

  function drop(building: number) {
    for (const { street, house } of places.get(building) ?? []) {
      const entries = street.houses.get(house)?.filter((entry) => entry.building !== building)
      if (entries?.length) street.houses.set(house, entries)
      else street.houses.delete(house)
      if (street.houses.size === 0) book.remove(street)
    }
    places.delete(building)
  }

  function put(building: number, writings: readonly string[]) {
    const keys = new Set((places.get(building) ?? []).map(({ house }) => house))
    drop(building)
    const own: { street: Street; house: string }[] = []
    for (const text of new Set(writings)) {
      const reading = read(text)
      const { house } = reading
      if (!house) continue
      const named = namedIn(reading)
      if (named.names.length === 0) continue
      const street = book.add(named)
      const key = houseKey(house)
      if (own.some((place) => place.street === street && place.house === key)) continue
      const { entrance, rest } = house
      street.houses.set(key, [...(street.houses.get(key) ?? []), { building, entrance, rest }])
      own.push({ street, house: key })
      keys.add(key)
    }
    if (own.length > 0) places.set(building, own)
    return keys
  }

  function match(text: string): AddressAnswer {
    const reading = read(text)
    const answer = matchOf(reading)
    const other = reading.or && matchOf(reading.or)
    const sure = !text.includes(LEFT_OUT) && (!other?.found || answer.found?.score === 1)
    return sure && (answer.found || !other)
      ? answer
      : {
          found: null,
          ambiguous: answer.ambiguous,
          suggestions: bestOf([answer, other ?? NONE].flatMap(suggestedBy)),
        }
  }

  function matchOf(reading: Reading): AddressAnswer {
    const { house } = reading
    const named = namedIn(reading)
    if (!house || named.names.length === 0) return NONE
    const key = houseKey(house)
    const streets = ranked(book.same(named.names), named)
    const sure = streets[0]?.score === 1 ? streets.filter(({ score }) => score === 1) : undefined
    const likely = sure ?? ranked(book.near(named.names), named)

    const [best] = likely
    let ambiguous = false
    if (best && best.score >= MATCH) {
      const rivals = likely.filter((one) => isRival(one, best, key))
      const entries = rivals.flatMap(({ street }) => street.houses.get(key) ?? [])
      const chosen = chosenOf(entries, house)
      ambiguous = chosen === 'several'
      const one = rivals.length === 1 || best.score === 1
      if (typeof chosen === 'number' && one)
        return {
          found: { building: chosen, score: best.score, how: best.how },
          ambiguous: false,
          suggestions: [],
        }
    }
    const wider = sure ? [...sure, ...ranked(book.near(named.names), named)] : likely
    return { found: null, ambiguous, suggestions: suggestionsOf(wider, house.number, key) }
  }

  return { put, drop, match, size: () => places.size }
}

interface Ranked extends Likeness {
  street: Street
}

function ranked(streets: Iterable<Street>, asked: Named): Ranked[] {
  const all: Ranked[] = []
  for (const street of streets) {
    const like = likeness(asked, street.named)
    if (like.score >= SUGGESTED) all.push({ street, ...like })
  }
  return all.sort((a, b) => b.score - a.score || (a.street.id < b.street.id ? -1 : 1))
}

/** Whether the best may not be taken before it is known to be no other; a street less like by its kind counts where it has the house. */
function isRival({ score, how, street }: Ranked, best: Ranked, key: string): boolean {
  if (score <= best.score - 0.1) return false
  return how === 'kind' && score < best.score
    ? score >= UNSURE && street.houses.has(key)
    : score >= MATCH
}

/** Of entries with the same number: the one with the same remarks, or the only one if either side has none. */
function chosenOf(
  entries: readonly { building: number; entrance: string; rest: string }[],
  asked: { entrance: string; rest: string },
): number | 'several' | undefined {
  const same = entries.filter(
    ({ entrance, rest }) => entrance === asked.entrance && rest === asked.rest,
  )
  const fit =
    same.length > 0
      ? same
      : entries.filter(
          ({ entrance, rest }) => rest === asked.rest && (entrance === '' || asked.entrance === ''),
        )
  const buildings = new Set(fit.map(({ building }) => building))
  const [only] = buildings
  return buildings.size > 1 ? 'several' : only
}

/** Same number on a like street, then other corpora and letters of that number; never sure enough to be taken for found. */
function suggestionsOf(streets: readonly Ranked[], number: string, key: string): Found[] {
  // "10-2" may be flat 2 of house 10.
  const [first] = /^\d+/.exec(number) ?? []
  const all: Found[] = []
  for (const { street, score, how } of streets)
    for (const [house, entries] of street.houses) {
      const own = numberIn(house)
      const like = house === key ? 1 : own === number ? 0.9 : own === first ? 0.85 : 0
      if (like > 0)
        for (const { building } of entries) all.push({ building, score: score * like, how })
    }
  return bestOf(all)
}
const numberIn = (house: string) => house.slice(0, house.indexOf('/'))
const suggestedBy = ({ found, suggestions }: AddressAnswer) =>
  found ? [found, ...suggestions] : suggestions

function bestOf(all: readonly Found[]): Found[] {
  const best = new Map<number, Found>()
  for (const { building, score, how } of all)
    if ((best.get(building)?.score ?? 0) < Math.min(score, UNSURE))
      best.set(building, { building, score: Math.min(score, UNSURE), how })
  return [...best.values()]
    .sort((a, b) => b.score - a.score || a.building - b.building)
    .slice(0, MOST_SUGGESTIONS)
}
