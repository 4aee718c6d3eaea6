import type { Filter } from '#server/contract/filter.ts'
import { EVERYTHING } from '#server/contract/filter.ts'
import { isAuthority } from '#server/domain/addressees.ts'
import type { Preset, Registered, Zone } from '#server/domain/presets/preset-file.ts'
import type { Organization, Registry } from '#server/domain/registry.ts'
import { type Period, periodOf } from '#server/judgement/period.ts'
import { wilson } from '#server/stats/proportion.ts'
import type { Context } from '#server/trpc.ts'
import { countsOf, coveredBy, type Narrowed, rowsOf, type Span, type Whose } from './counts.ts'
import { complaintRows, registeredCounts } from './registered.ts'
import { countAndRatioOf, growthOf, zoneOf, zoneTogether } from './rules.ts'

type Asked = Pick<Context, 'engine' | 'registry' | 'now' | 'city' | 'log'>

/** One number that a preset looks at, with the rows behind it. */
export interface Seen {
  id: string
  zone: Zone
  /** Requests looked at, and those of them that count; of growth, now and before. */
  n: number
  events: number
  share: number | null
  lower: number | null
  upper: number | null
  /** The data do not reach back far enough: nothing can be said. */
  short: boolean
  /** Times as much as before; so many to a hundred apartments. */
  ratio: number | null
  /** Null of what no request tells. */
  rows: { among: Filter | null; events: Filter } | null
  /** What of the register it is, where it is no share of requests. */
  registered: Registered | null
}
export interface Marked {
  organization: { id: string; name: string }
  zone: Zone
  guarded: boolean
  seen: Seen[]
}
export interface Preview {
  preset: string
  months: number
  period: { from: string; to: string; cut: number }
  organizations: Marked[]
  totals: Record<Zone, number>
  guarded: number
}

/** Which organizations a definition would mark on the present data: the last whole months that are mature. */
export async function previewOf(
  context: Asked,
  preset: Preset,
  months: number = preset.months,
): Promise<Preview> {
  const period = spanOf(context, months)
  const covered = await coveredBy(context)
  const found = await markedBy(context, preset, period, months, covered)
  // A share of what there is stays a share; a number of less time than it is called by does not.
  const marked = preset.rule.kind === 'zones' || covered(period) ? found : found.map(unsaid)
  const organizations = marked.sort(
    (a, b) =>
      ZONES.indexOf(a.zone) - ZONES.indexOf(b.zone) ||
      (a.organization.name < b.organization.name ? -1 : 1),
  )
  const totals = { red: 0, yellow: 0, green: 0, few: 0 }
  for (const { zone } of organizations) totals[zone]++
  return {
    ...{ preset: preset.id, months, period, organizations, totals },
    guarded: organizations.filter(({ guarded }) => guarded).length,
  }
}

type Covered = Awaited<ReturnType<typeof coveredBy>>

/** Numbers of less time than they are called by have no zone. */
const unsaid = (marked: Marked): Marked => ({
  ...marked,
  ...{ zone: 'few', guarded: false },
  seen: marked.seen.map((seen) => ({ ...seen, zone: 'few', short: true })),
})

const ZONES: readonly Zone[] = ['red', 'yellow', 'green', 'few']

function spanOf({ now, city }: Asked, months: number): Period {
  const year = periodOf(EVERYTHING, now(), city.zone)
  return { ...year, from: monthsBefore(year.to, months) }
}

/** The first of the month so many months before that of a day. */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10)
}

function markedBy(
  context: Asked,
  preset: Preset,
  period: Period,
  months: number,
  covered: Covered,
) {
  switch (preset.rule.kind) {
    case 'zones':
      return byZones(context, preset.rule, period)
    case 'growth':
      return byGrowth(context, preset.rule, { now: period, months, covered })
    case 'countAndRatio':
      return byCount(context, preset.rule, period)
  }
}

type Rule<K extends Preset['rule']['kind']> = Extract<Preset['rule'], { kind: K }>

async function byZones(context: Asked, rule: Rule<'zones'>, span: Span): Promise<Marked[]> {
  const counted = await Promise.all(
    rule.indicators.map((indicator) =>
      'measure' in indicator
        ? countsOf(context, indicator, span)
        : registeredCounts(context, indicator.registered, span),
    ),
  )
  // Houses alone make nobody an organization of the list: somebody has told something of it.
  const keys = new Set(
    rule.indicators.flatMap((indicator, i) =>
      'measure' in indicator ? [...(counted[i]?.keys() ?? [])] : [],
    ),
  )
  return known(context.registry, keys).map((organization) => {
    const seen = rule.indicators.map((indicator, i) => {
      const counts = counted[i]?.get(organization.key) ?? { n: 0, events: 0 }
      const zone = zoneOf(indicator, counts)
      if ('measure' in indicator)
        return shareSeen(indicator.id, zone, counts, rowsFor(organization, indicator, span))
      const complaints = indicator.registered === 'complaintsPerFlat'
      const rows = complaints ? { among: null, events: complaintRows(organization.id, span) } : null
      return {
        ...shareSeen(indicator.id, zone, counts, rows),
        registered: indicator.registered,
        // Registered things are counted out, not drawn: there is no chance in them.
        ...{ lower: null, upper: null },
        ...(complaints && counts.n > 0 && { ratio: (100 * counts.events) / counts.n }),
      }
    })
    const zone = zoneTogether(
      seen.map(({ zone }) => zone),
      rule.reds,
    )
    return { organization: idOf(organization), zone, guarded: false, seen }
  })
}

interface Compared {
  now: Period
  months: number
  covered: Covered
}

async function byGrowth(context: Asked, rule: Rule<'growth'>, { now, months, covered }: Compared) {
  const spans = {
    now,
    previous: { ...now, from: monthsBefore(now.from, months), to: now.from },
    lastYear: { ...now, from: monthsBefore(now.from, 12), to: monthsBefore(now.to, 12) },
  }
  const is: Filter['is'] = rule.identified ? ['identified'] : []
  const asked = (whose: Whose) =>
    Promise.all(
      [spans.now, spans.previous, spans.lastYear].map((span) =>
        countsOf(context, rule, span, { whose, is }),
      ),
    )
  const about = await asked('about')
  // Where nobody takes complaints about companies, each company is told its own.
  const whose: Whose = about.some((counts) => counts.size > 0) ? 'about' : 'organization'
  const [present, previous, lastYear] = whose === 'about' ? about : await asked(whose)
  const keys = new Set(
    [present, previous, lastYear].flatMap((counts) => [...(counts?.keys() ?? [])]),
  )
  return known(context.registry, keys).map((organization): Marked => {
    const of = (counts: typeof present) => counts?.get(organization.key)?.events ?? 0
    const seen = (['previous', 'lastYear'] as const)
      // With a year looked back on both are the same year.
      .filter((against) => months < 12 || against === 'lastYear')
      .map((against) => {
        const [events, before] = [of(present), of(against === 'previous' ? previous : lastYear)]
        const short = !covered(spans[against])
        const growth = growthOf(rule, events, short ? null : before)
        const rows = (span: Span): Filter => ({
          ...rowsFor(organization, rule, span).events,
          ...{ organization: [], [whose]: [organization.id], is },
        })
        return {
          guarded: growth.guarded,
          seen: {
            ...{ id: against, zone: growth.zone, short, n: before, events, ratio: growth.times },
            ...{ share: null, lower: null, upper: null, registered: null },
            rows: { among: rows(spans[against]), events: rows(now) },
          } satisfies Seen,
        }
      })
    const zones = seen.map(({ seen }) => seen.zone)
    return {
      organization: idOf(organization),
      zone: zones.includes('red') ? 'red' : zones.every((zone) => zone === 'few') ? 'few' : 'green',
      guarded: !zones.includes('red') && seen.some(({ guarded }) => guarded),
      seen: seen.map(({ seen }) => seen),
    }
  })
}

async function byCount(
  context: Asked,
  rule: Rule<'countAndRatio'>,
  span: Period,
): Promise<Marked[]> {
  const counts = await countsOf(context, rule, span)
  const flats = flatsAt(context.registry, span.cut)
  return known(context.registry, new Set(counts.keys())).map((organization) => {
    const { n, events } = counts.get(organization.key) ?? { n: 0, events: 0 }
    const { zone, per100 } = countAndRatioOf(rule, events, flats.get(organization.key) ?? null)
    const rows = rowsFor(organization, rule, span)
    const seen: Seen = { ...shareSeen('count', zone, { n, events }, rows), ratio: per100 }
    return { organization: idOf(organization), zone, guarded: false, seen: [seen] }
  })
}

const idOf = ({ id, name }: Organization) => ({ id, name })

const known = (registry: Registry, keys: ReadonlySet<number>): Organization[] =>
  [...keys].flatMap((key) => {
    const found = registry.organization(key)
    return found && !isAuthority(found) ? [found] : []
  })

function rowsFor({ id }: Organization, narrowed: Narrowed, span: Span) {
  const { among, events } = rowsOf(narrowed, span)
  return { among: { ...among, organization: [id] }, events: { ...events, organization: [id] } }
}

function shareSeen(
  id: string,
  zone: Zone,
  { n, events }: { n: number; events: number },
  rows: Seen['rows'],
): Seen {
  const [lower, upper] = n > 0 && events <= n ? wilson(events, n) : [null, null]
  const share = n > 0 ? events / n : null
  return {
    id,
    zone,
    short: false,
    n,
    events,
    share,
    lower,
    upper,
    ratio: null,
    rows,
    registered: null,
  }
}

/** Apartments of the houses that each organization answers for at an instant. */
function flatsAt(registry: Registry, at: number): Map<number, number> {
  const flats = new Map<number, number>()
  for (const { tenures, apartments } of registry.buildings()) {
    const holder = tenures.findLast(({ start, end }) => start <= at && (end === null || end > at))
    if (holder?.organization && apartments !== null)
      flats.set(holder.organization, (flats.get(holder.organization) ?? 0) + apartments)
  }
  return flats
}
