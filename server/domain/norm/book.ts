import { CLOSING_ENDS, isOfRequests, type NormEnd, type NormStart } from '#server/contract/norms.ts'
import type { Kind, Priority } from '#server/contract/vocabulary.ts'
import { hash32 } from '#server/domain/hash.ts'
import { zoneOffset } from '#server/domain/local-time.ts'
import type { CalendarFile } from './calendar-file.ts'
import { type Instants, startOf } from './clock-of.ts'
import { dayNumber } from './day-kinds.ts'
import { type Norm, normRef, type PackFile } from './pack-file.ts'
import { matcherOf } from './patterns.ts'
import { instantOfWall, type WorkingTime, workingTime } from './working-time.ts'

const DAY = 86_400_000
const MS = { minute: 60_000, hour: 3_600_000, day: DAY }
const WHOLE_WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Grows when this program chooses a norm or counts a time otherwise than before: due times are then set anew. */
const RULES = 2

/** What decides which norms apply to a request. Ids are the sources'. */
export interface Situation extends Instants {
  category: string | null
  priority: Priority
  kind: Kind
}
export interface Applied {
  ref: string
  pack: PackFile
  norm: Norm
  /** After the choice of the city where sources disagree. */
  start: NormStart
  startAt: number | null
  dueAt: number | null
}
export interface Due {
  dueAt: number | null
  /** `pack/norm@validFrom`; null = no norm sets a time. */
  basis: string | null
  /** References of all norms that apply, with a space before and after each; null = none. */
  norms: string | null
}
/** The norms of a city. The same situation always gives the same clocks. */
export interface NormBook {
  packs: readonly PackFile[]
  calendars: readonly CalendarFile[]
  /** 32 bits of everything that decides a due time. */
  fingerprint: number
  /** One norm for each end: the most specific in force at the start of its clock. */
  applied(situation: Situation): Applied[]
  due(situation: Situation): Due
  find(ref: string): { pack: PackFile; norm: Norm } | undefined
  /** The calendar that a norm counts in; null where it counts all time. */
  timeOf(pack: PackFile, norm: Norm): WorkingTime | null
  startOf(norm: Norm, pack: PackFile): NormStart
}

export interface BookOptions {
  /** In the order of `city.json`. */
  packs: readonly PackFile[]
  calendars: readonly CalendarFile[]
  zone: string
  /** Id of the city's region. */
  region?: string | undefined
  /** `pack/norm` to the start that the city chose of those its sources name. */
  starts?: Readonly<Record<string, NormStart>> | undefined
}

interface Candidate {
  pack: PackFile
  norm: Norm
  ref: string
  start: NormStart
  from: number
  to: number
  rank: readonly number[]
}

/**
 * More specific before less: region before country, named category before group of categories before any, named priority before
 * any, named kind before any; then the order of the packs, then of the rows of a pack.
 */
export function normBook(options: BookOptions): NormBook {
  const { packs, calendars, zone, region, starts = {} } = options
  const offsetAt = zoneOffset(zone)
  const times = new Map<string, WorkingTime>()
  const all = packs.flatMap((pack, order) =>
    pack.norms.flatMap((norm, row): Candidate[] => {
      if ((norm.region && norm.region !== region) || !isOfRequests(norm)) return []
      const chosen = starts[`${pack.id}/${norm.id}`]
      const offered = [norm.start, ...(norm.otherStarts ?? []).map((other) => other.start)]
      return [
        {
          ...{ pack, norm, ref: normRef(pack, norm) },
          start: chosen && offered.includes(chosen) ? chosen : norm.start,
          from: norm.validFrom ? dayNumber(norm.validFrom) : Number.NEGATIVE_INFINITY,
          to: norm.validTo ? dayNumber(norm.validTo) : Number.POSITIVE_INFINITY,
          rank: [
            norm.region || pack.region ? 0 : 1,
            norm.categories ? 0 : norm.groups ? 1 : 2,
            norm.priorities ? 0 : 1,
            norm.kinds ? 0 : 1,
            norm.season ? 0 : 1,
            order,
            row,
          ],
        },
      ]
    }),
  )
  all.sort((a, b) => {
    const at = a.rank.findIndex((rank, index) => rank !== b.rank[index])
    return (a.rank[at] ?? 0) - (b.rank[at] ?? 0)
  })
  const matches = new Map<PackFile, ReturnType<typeof matcherOf>>(
    packs.map((pack) => [pack, matcherOf(pack)]),
  )

  const memory = new Map<string, Candidate[]>()
  function candidates({ category, priority, kind }: Situation): Candidate[] {
    const key = `${priority} ${kind} ${category}`
    let found = memory.get(key)
    if (!found) {
      found = all.filter(
        ({ pack, norm }) =>
          (!norm.priorities || norm.priorities.includes(priority)) &&
          (!norm.kinds || norm.kinds.includes(kind)) &&
          matches.get(pack)?.(norm, category),
      )
      memory.set(key, found)
    }
    return found
  }

  function timeOf(pack: PackFile, norm: Norm): WorkingTime | null {
    const key = norm.window
      ? `${norm.window.from}-${norm.window.to}`
      : norm.calendar === 'working'
        ? pack.calendar
        : null
    if (key === null) return null
    let time = times.get(key)
    if (!time) {
      const calendar = norm.window
        ? windowCalendar(norm.window)
        : calendars.find(({ id }) => id === pack.calendar)
      if (!calendar) throw new Error(`norm pack "${pack.id}": no calendar "${pack.calendar}"`)
      time = workingTime(calendar, zone)
      times.set(key, time)
    }
    return time
  }

  function dueAt({ pack, norm }: Candidate, from: number): number | null {
    const time = timeOf(pack, norm)
    const { amount, unit } = norm.duration
    const due = time
      ? unit === 'day'
        ? time.afterDays(from, amount)
        : time.after(from, amount * MS[unit])
      : unit === 'day'
        ? instantOfWall(from + offsetAt(from) + amount * DAY, offsetAt)
        : from + amount * MS[unit]
    return Number.isFinite(due) ? Math.round(due) : null
  }

  function applied(situation: Situation): Applied[] {
    const taken = new Set<NormEnd>()
    const found: Applied[] = []
    for (const candidate of candidates(situation)) {
      const { pack, norm, ref, start, from, to } = candidate
      const kind = CLOSING_ENDS.includes(norm.end) ? 'closed' : norm.end
      if (taken.has(kind)) continue
      const startAt = startOf(start, situation)
      const event = startAt ?? situation.registeredAt
      const day = Math.floor((event + offsetAt(event)) / DAY)
      if (day < from || day >= to || !inSeason(pack, norm, day)) continue
      taken.add(kind)
      const due = startAt === null ? null : dueAt(candidate, startAt)
      found.push({ ref, pack, norm, start, startAt, dueAt: due })
    }
    return found
  }

  return {
    packs,
    calendars,
    fingerprint: hash32(JSON.stringify({ RULES, packs, calendars, region, starts, zone })),
    applied,
    due(situation) {
      const found = applied(situation)
      const closing = found.find(({ norm }) => CLOSING_ENDS.includes(norm.end))
      return {
        dueAt: closing?.dueAt ?? null,
        basis: closing?.ref ?? null,
        norms: found.length === 0 ? null : ` ${found.map(({ ref }) => ref).join(' ')} `,
      }
    },
    find: (ref) => {
      const found = all.find((candidate) => candidate.ref === ref)
      return found && { pack: found.pack, norm: found.norm }
    },
    timeOf,
    startOf: (norm, pack) =>
      all.find((candidate) => candidate.norm === norm && candidate.pack === pack)?.start ??
      norm.start,
  }
}

function inSeason(pack: PackFile, norm: Norm, day: number): boolean {
  const season = norm.season && pack.seasons[norm.season]
  if (!season) return true
  const date = new Date(day * DAY).toISOString().slice(5, 10)
  return season.from < season.to
    ? date >= season.from && date < season.to
    : date >= season.from || date < season.to
}

const windowCalendar = ({ from, to }: { from: number; to: number }): CalendarFile => ({
  type: 'calendar',
  id: 'window',
  name: {},
  jurisdiction: '',
  week: Object.fromEntries(WHOLE_WEEK.map((day) => [day, [[from, to]]])),
  holidays: [],
  moved: [],
  years: {},
})
