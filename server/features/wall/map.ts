import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import { ask } from '#server/store/ask.ts'
import { minuteOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import {
  BY_BUILDING,
  BY_DISTRICT,
  type Concentration,
  concentrationsOf,
  TAKING_PART,
  WINDOW_HOURS,
  WINDOWS_BEFORE,
} from './concentrations.ts'
import { type AskOutages, areasOf } from './outages.ts'
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
  const found = deviation.tooEarly
    ? []
    : concentrationsOf(districts, buildings, categories * places)
  const concentrations = await Promise.all(
    found.slice(0, SHOWN).map((one) => told(context, one, times)),
  )
  return {
    now,
    hours: WINDOW_HOURS,
    requests: districts.reduce((sum, { observed }) => sum + observed, 0),
    concentrations,
    more: found.length - concentrations.length,
    areas: areasOf(sources.outages(context), place),
    around: place && buildingsOf(registry, place),
    ...deviation,
  }
}

const buildingsOf = (registry: Context['registry'], place: NonNullable<Place>) =>
  [...registry.buildings()].flatMap(({ key, district, gone }) =>
    !gone && district === place.key ? [key] : [],
  )

async function told(
  { engine, registry, board }: Context,
  concentration: Concentration,
  times: { now: number; windowStart: number; beforeStart: number; only: number },
): Promise<WallMap['concentrations'][number]> {
  const { category, district, building, observed, expected } = concentration
  const parts = await ask(engine, TAKING_PART, { ...times, category, district, building })
  const taking = new Set(parts.map((row) => row.building))
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
