import { isOfRequests, type NormEnd, type NormStart } from '#server/contract/norms.ts'
import type { Words } from '#server/contract/vocabulary.ts'
import { type Norm, normRef, type PackFile } from '#server/domain/norm/pack-file.ts'
import { ask } from '#server/store/ask.ts'
import { dayOf, minuteOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { BASES, GOVERNED } from './queries.ts'

type Asked = Pick<Context, 'engine' | 'norms' | 'now' | 'city' | 'registry'>

export interface NormLine {
  ref: string
  id: string
  name: Words
  /** Where it holds, if not in all the country. */
  region: Words | null
  /** A norm for another region than the city's applies to nobody here. */
  here: boolean
  /** Else it is of calls or outages, and no request has a clock of it. */
  ofRequests: boolean
  groups: Words[]
  categories: Words[]
  priorities: Norm['priorities']
  kinds: Norm['kinds']
  season: { name: Words; from: string; to: string } | null
  start: NormStart
  end: NormEnd
  otherStarts: NonNullable<Norm['otherStarts']>
  duration: Norm['duration']
  calendar: Norm['calendar']
  window: { from: number; to: number } | null
  pauses: Norm['pauses']
  validFrom: string | null
  validTo: string | null
  inForce: 'now' | 'before' | 'later'
  citations: Norm['citations']
  verified: Norm['verified']
  note: Words | null
  /** Requests that have a clock of it. */
  requests: number
  open: number
  overdue: number
}
export interface NormPack {
  id: string
  name: Words
  jurisdiction: string
  region: Words | null
  calendar: string
  note: Words | null
  norms: NormLine[]
  rules: PackFile['rules']
}

/** The packs of the city with what each norm governs now. */
export async function normsOf(context: Asked) {
  const { engine, norms: book } = context
  const now = minuteOf(context.now())
  const [governed, bases] = await Promise.all([
    ask(engine, GOVERNED, { now }),
    ask(engine, BASES, {}),
  ])
  const counts = new Map<string, { requests: number; open: number; overdue: number }>()
  for (const row of governed)
    for (const ref of row.norms.trim().split(' ')) {
      const sum = counts.get(ref) ?? { requests: 0, open: 0, overdue: 0 }
      counts.set(ref, {
        requests: sum.requests + row.requests,
        open: sum.open + row.open,
        overdue: sum.overdue + row.overdue,
      })
    }
  const today = todayOf(now, context.city.zone)
  return {
    now,
    packs: book.packs.map(
      (pack): NormPack => ({
        id: pack.id,
        name: pack.name,
        jurisdiction: pack.jurisdiction,
        region: pack.region,
        calendar: pack.calendar,
        note: pack.note ?? null,
        norms: pack.norms.map((norm) =>
          lineOf(
            context,
            pack,
            norm,
            today,
            counts.get(normRef(pack, norm)) ?? { requests: 0, open: 0, overdue: 0 },
          ),
        ),
        rules: pack.rules,
      }),
    ),
    bases: Object.fromEntries(
      (['norm', 'source', null] as const).map((basis) => {
        const found = bases.find((row) => row.basis === basis)
        return [basis ?? 'none', { requests: found?.requests ?? 0, open: found?.open ?? 0 }]
      }),
    ) as Record<'norm' | 'source' | 'none', { requests: number; open: number }>,
  }
}

function lineOf(
  { norms: book, city, registry }: Asked,
  pack: PackFile,
  norm: Norm,
  today: number,
  counts: { requests: number; open: number; overdue: number },
): NormLine {
  const { id, name, end, duration, calendar, pauses, validFrom, validTo } = norm
  const inForce =
    validFrom && today < dayOf(validFrom)
      ? 'later'
      : validTo && today >= dayOf(validTo)
        ? 'before'
        : 'now'
  return {
    ...{ ref: normRef(pack, norm), id, name, end, duration, calendar, pauses, validFrom, validTo },
    ...{ inForce, ...counts },
    region: (norm.region ? pack.regions[norm.region] : pack.region) ?? null,
    here: !norm.region || norm.region === city.region,
    ofRequests: isOfRequests(norm),
    groups: (norm.groups ?? []).flatMap((group) => pack.groups[group]?.name ?? []),
    categories: (norm.categories ?? []).map((id) => registry.categoryById(id)?.name ?? { en: id }),
    priorities: norm.priorities,
    kinds: norm.kinds,
    season: (norm.season && pack.seasons[norm.season]) || null,
    start: book.startOf(norm, pack),
    otherStarts: norm.otherStarts ?? [],
    window: norm.window ?? null,
    citations: norm.citations,
    verified: norm.verified,
    note: norm.note ?? null,
  }
}

/** Days since 1970-01-01 of the local date. */
const todayOf = (now: number, zone: string) =>
  dayOf(new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(now))
