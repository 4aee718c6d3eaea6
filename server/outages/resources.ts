import type { Resource } from '#server/contract/vocabulary.ts'
import type { Category } from '#server/domain/registry.ts'

interface Rule {
  resource: Resource
  /** Of the id, the names and the group of a category, in any language. */
  means: RegExp
  /** It names the resource, and still is no outage. */
  not?: RegExp
  /** It fails in one house and not in a neighbourhood: only calls of the same house are one event. */
  house?: true
}

/**
 * Categories whose calls, many at once in one place, look like an outage: that the thing is not there, or not warm. Leaks, meters,
 * noise and the light of an entrance are the house's own.
 */
const RULES: readonly Rule[] = [
  {
    resource: 'hot_water',
    means:
      /(?:нет|отсутств\S*|отключ\S*|чуть т[её]пл\S*) (?:горяч|гвс)|горяч\S* вод\S* (?:нет|чуть|холод|отсутств)|ыстық су (?:жоқ|салқын)|no hot water|hot water (?:is )?(?:luke|cold|off)|hot-none|hot-lukewarm/iu,
  },
  {
    resource: 'cold_water',
    means:
      /(?:нет|отсутств\S*|отключ\S*) (?:холодн\S* )?(?:вод|хвс)|суық су жоқ|су жоқ|no (?:cold )?water|no water supply|water-none/iu,
  },
  {
    resource: 'heating',
    means:
      /холодн\S* батаре|(?:нет|отсутств\S*|отключ\S*) (?:отоплен|тепл)|батаре\S* (?:холод|не гре)|батареялар суық|жылу жоқ|жылыту жоқ|cold radiator|no heat|heat\/hot water|heat-cold/iu,
    not: /теч|leak|ағу/iu,
  },
  {
    resource: 'electricity',
    means:
      /нет света в (?:квартир|дом)|(?:нет|отсутств\S*|отключ\S*) (?:электр|энерг)|пәтерде жарық жоқ|жарық жоқ|no power|power (?:cut|outage|failure)|no electricity|power-none/iu,
    not: /подъезд|кіреберіс|entrance|уличн|street ?light/iu,
  },
  {
    resource: 'lift',
    house: true,
    means:
      /лифт\S* не работ|не работ\S* лифт|лифт жұмыс істемейді|lift out of service|elevator (?:is )?out|lift-stopped/iu,
  },
]

/** The resource whose outage calls of this category may tell of; undefined where they tell of none. */
export function resourceOf({ id, name }: Pick<Category, 'id' | 'name'>): Resource | undefined {
  const words = [id, ...Object.values(name)].join(' · ')
  return RULES.find(({ means, not }) => means.test(words) && !not?.test(words))?.resource
}

export const isOfOneHouse = (resource: number) => RULES[resource]?.house === true

/** In the order of the rules: the position is the key of a resource within the detector. */
export const SCANNED: readonly Resource[] = RULES.map(({ resource }) => resource)
