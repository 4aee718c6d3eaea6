import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import { resourceOf } from '#server/outages/resources.ts'
import { ask } from '#server/store/ask.ts'
import { minuteOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import {
  BY_BUILDING,
  BY_DISTRICT,
  type Concentration,
  concentrationsOf,
  MOSTLY,
  TAKING_PART,
  WINDOW_HOURS,
  WINDOWS_BEFORE,
} from './concentrations.ts'
import { type AskOutages, onMap, standingOutages, type WallOutageLine } from './outages.ts'
import { idsOf, type Place } from './place.ts'
import type { WallMap } from './schema.ts'

const HOUR = 3_600_000
const SHOWN = 3
const EMERGENCY = PRIORITIES.indexOf('emergency')

/** The deviation of buildings, as the map page has it. */
export type AskDeviation = (
  context: Context,
  filter: Filter,
) => Promise<
  Pick<WallMap, 'buildings' | 'byChance' | 'tooEarly'> & { deviating: WallMap['deviating'] }
>

export async function wallMap(
  context: Context,
  sources: { deviation: AskDeviation; outages: AskOutages },
  place: Place,
): Promise<WallMap> {
  const { engine, registry } = context
  const now = minuteOf(context.now())
  const windowStart = now - WINDOW_HOURS * HOUR
  const times = {
    now,
    windowStart,
    // No district has the key 0.
    only: place?.key ?? 0,
    beforeStart: windowStart - WINDOWS_BEFORE * WINDOW_HOURS * HOUR,
  }
  const [districts, buildings, deviation] = await Promise.all([
    ask(engine, BY_DISTRICT, times),
    ask(engine, BY_BUILDING, times),
    sources.deviation(context, { ...EVERYTHING, district: idsOf(place) }),
  ])
  const categories = [...registry.categories()].length
  const places = (place ? 1 : [...registry.districts()].length) + deviation.buildings
  // Without a past nothing is usual: everything would stand out.
  const beyond = deviation.tooEarly
    ? []
    : concentrationsOf(districts, buildings, categories * places)
  const outages = standingOutages(sources.outages(context), place)
  const among = await Promise.all(
    beyond.map(async (one) => {
      const parts = await ask(engine, TAKING_PART, { ...times, ...pick(one) })
      return { ...one, taking: new Set(parts.map(({ building }) => building)) }
    }),
  )
  const found = among.filter((one) => !outages.some((line) => isOutage(registry, one, line)))
  const concentrations = found.slice(0, SHOWN).map((one) => told(context, one, times))
  return {
    now,
    hours: WINDOW_HOURS,
    requests: districts.reduce((sum, { observed }) => sum + observed, 0),
    concentrations,
    more: found.length - concentrations.length,
    outages: outages.map(onMap),
    around: place && buildingsOf(registry, place),
    ...deviation,
  }
}

const buildingsOf = (registry: Context['registry'], place: NonNullable<Place>) =>
  [...registry.buildings()].flatMap(({ key, district, gone }) =>
    !gone && district === place.key ? [key] : [],
  )

type Found = Concentration & { taking: ReadonlySet<number> }
const pick = ({ category, district, building }: Concentration) => ({ category, district, building })

/** A concentration is an outage when it is of its resource and mostly in its houses. */
function isOutage(
  registry: Context['registry'],
  { category, taking }: Found,
  { resource, houses }: WallOutageLine,
) {
  const known = registry.category(category)
  if (!known || resourceOf(known) !== resource) return false
  return houses.filter(({ key }) => taking.has(key)).length >= MOSTLY * taking.size
}

function told(
  { registry, board }: Context,
  { category, district, building, observed, expected, taking }: Found,
  times: { now: number; windowStart: number },
): WallMap['concentrations'][number] {
  const positions = [...taking].flatMap((key) => {
    const { lon, lat } = registry.building(key) ?? { lon: null, lat: null }
    return lon === null || lat === null ? [] : [{ lon, lat }]
  })
  const late = [...board.open()].filter(
    (open) =>
      open.category === category &&
      open.registeredAt >= times.windowStart &&
      open.registeredAt < times.now &&
      taking.has(open.building) &&
      open.priority === EMERGENCY &&
      open.dueAt !== null &&
      open.dueAt < times.now,
  )
  const mean = (values: number[]) =>
    values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null
  return {
    category: registry.category(category)?.name ?? {},
    building: building > 0 ? (registry.building(building)?.address ?? null) : null,
    district: registry.district(district)?.name ?? null,
    observed,
    expected,
    buildings: taking.size,
    lon: mean(positions.map(({ lon }) => lon)),
    lat: mean(positions.map(({ lat }) => lat)),
    emergencyOverdue: late.length,
  }
}
