import { type OrganizationKind, PRIORITIES, type Words } from '#server/contract/vocabulary.ts'
import { apartmentsOf } from '#server/domain/apartments.ts'
import { localClock } from '#server/domain/local-time.ts'
import type { Building, Registry } from '#server/domain/registry.ts'
import { judgeBuildings } from '#server/judgement/buildings.ts'
import { ask, askColumns } from '#server/store/ask.ts'
import { tenureAt } from '#server/store/rows.ts'
import { minuteOf } from '#server/store/within.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { type BuildingLine, closedLately, lineOf, mostUrgentFirst } from './lines.ts'
import { type Period, periodsOf } from './periods.ts'
import { BUILDING_REQUESTS, BUILDING_YEAR } from './queries.ts'
import { type Reporting, reportingOf } from './reporting.ts'
import { type Likeness, similarTo } from './similar.ts'
import { type Band, type Intensity, intensityOf, usualWeeks, weeksOf, yearTo } from './year.ts'

type Asked = Pick<Context, 'engine' | 'registry' | 'city' | 'now'>
const DAY = 86_400_000
const WINDOW_MS = 14 * DAY

export interface TenureSpan {
  organization: { id: string; name: string } | null
  start: number
  end: number | null
  contract: string | null
}

export interface BuildingCard {
  building: Pick<
    Building,
    | 'id'
    | 'address'
    | 'year'
    | 'series'
    | 'floors'
    | 'entrances'
    | 'apartments'
    | 'area'
    | 'lifts'
    | 'heatingPoint'
    | 'cityShare'
    | 'gone'
  >
  district: { id: string; name: Words } | null
  /** It has a place on the map. */
  placed: boolean
  /** Who answered when, by start. */
  tenures: TenureSpan[]
  answers: {
    id: string
    name: string
    kind: OrganizationKind
    phone: string | null
    since: number
  } | null
  /** Danger to people first, then the most overdue, then by due time. */
  open: BuildingLine[]
  openCount: number
  overdue: number
  emergencyOverdue: number
  /** Closed within the window in which a resident may come back; the latest closing first. */
  closedLately: BuildingLine[]
  year: {
    firstWeek: number
    today: number
    requests: number
    weeks: { week: number; requests: number; returned: number }[]
    usual: Band | null
    /** Returns before and after each change of who answers. */
    periods: Period[]
  }
  similar: { buildings: number; alike: number; likeness: Likeness; intensity: Intensity | null }
  /** As of the last midnight; null where nothing can be expected of it. */
  reporting: Reporting | null
  now: number
}

const SHOWN = 100

export async function buildingById(context: Asked, id: string): Promise<BuildingCard> {
  const { engine, registry, city } = context
  const building = registry.buildingById(id)
  if (!building)
    throw new Refusal('NOT_FOUND', `no building "${id}" is known; look for its address in the list`)
  const now = minuteOf(context.now())
  const year = yearTo(localClock(city.zone)(now).day)
  const similar = similarTo(building, registry.buildings())
  const peers = similar.buildings.map((other) => ({
    key: other.key,
    apartments: other.apartments ?? 0,
  }))
  const { key } = building
  const [rows, inYear, judged] = await Promise.all([
    ask(engine, BUILDING_REQUESTS, { building: key, recent: now - WINDOW_MS, now }),
    askColumns(engine, BUILDING_YEAR, { building: key, firstWeek: year.firstWeek, now }),
    judgeBuildings(context),
  ])

  const weeks = weeksOf(year)
  const open = rows.filter((row) => row.open === 1)
  const apartments = apartmentsOf(building)?.count ?? 0
  const line = lineOf(context)
  return {
    building: {
      id: building.id,
      address: building.address,
      year: building.year,
      series: building.series,
      floors: building.floors,
      entrances: building.entrances,
      apartments: building.apartments,
      area: building.area,
      lifts: building.lifts,
      heatingPoint: building.heatingPoint,
      cityShare: building.cityShare,
      gone: building.gone,
    },
    district: districtOf(building, registry),
    placed: building.lon !== null && building.lat !== null,
    tenures: building.tenures.map(({ organization, start, end, contract }) => {
      const found = registry.organization(organization)
      return {
        organization: found ? { id: found.id, name: found.name } : null,
        start,
        end,
        contract,
      }
    }),
    answers: answersNow(building, registry, now),
    open: mostUrgentFirst(open).slice(0, SHOWN).map(line),
    openCount: open.length,
    overdue: open.filter((row) => row.overdue === 1).length,
    emergencyOverdue: open.filter((row) => row.overdue === 1 && row.priority === EMERGENCY).length,
    closedLately: closedLately(rows, now - WINDOW_MS)
      .slice(0, SHOWN)
      .map(line),
    year: {
      ...year,
      requests: inYear.length,
      weeks: weeks.map((week) => {
        const those = inYear.filter((row) => row.week === week)
        return {
          week,
          requests: those.length,
          returned: those.filter((row) => row.returned).length,
        }
      }),
      usual: usualWeeks(judged.counts.weeks, peers, weeks.length, apartments),
      periods: periodsOf(inYear, building.tenures, registry, now),
    },
    similar: {
      buildings: peers.length,
      alike: similar.alike,
      likeness: similar.likeness,
      intensity: intensityOf(
        judged.counts.of.get(key)?.requests ?? 0,
        apartments,
        judged.counts.of,
        peers,
      ),
    },
    reporting: reportingOf(judged, key),
    now,
  }
}

const EMERGENCY = PRIORITIES.indexOf('emergency')

function districtOf(building: Building, registry: Registry) {
  const district = registry.district(building.district)
  return district ? { id: district.id, name: district.name } : null
}

function answersNow(building: Building, registry: Registry, now: number): BuildingCard['answers'] {
  const tenure = tenureAt(building, now)
  const found = tenure && registry.organization(tenure.organization)
  if (!tenure || !found) return null
  const { id, name, kind, phone } = found
  return { id, name, kind, phone, since: tenure.start }
}
