import { z } from 'zod'
import { isRequestEvent, type Recorded } from '#server/contract/events.ts'
import type { SpellEnd, Words } from '#server/contract/vocabulary.ts'
import { knownAt } from '#server/domain/life-order.ts'
import { foldRequest } from '#server/domain/lifecycle.ts'
import { pausedFor } from '#server/domain/net-clock.ts'
import { type Clock, clocksOf } from '#server/domain/norm/clocks.ts'
import { situationOf } from '#server/domain/norm/situation.ts'
import type { Pause } from '#server/domain/request-state.ts'
import { ask } from '#server/store/ask.ts'
import { dueOf } from '#server/store/due.ts'
import { minuteOf } from '#server/store/within.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { lineAsKnown } from './as-known.ts'
import { type Belonging, belongingOf } from './belonging.ts'
import { factsOf, lineOf, type Named, type RequestLine } from './lines.ts'
import { responsibleFor } from './responsible.ts'
import { type TimelineEvent, timelineOf } from './timeline.ts'

type Asked = Pick<Context, 'engine' | 'registry' | 'log' | 'now' | 'norms'>

const key = z.number().int()

/** Requests linked with this one as its repeats, or as what it repeats. */
const LINKED = {
  name: 'requests.linked',
  row: z.object({ request: key }),
  sql: `
    SELECT request
    FROM request
    WHERE test = false AND (repeat_of = $request OR request = $of)
    ORDER BY registered_at, request
    LIMIT 50`,
}

/** Requests of the same building registered nearest in time, about something else. */
const NEIGHBOURS = {
  name: 'requests.neighbours',
  row: z.object({ request: key }),
  sql: `
    SELECT request
    FROM request
    WHERE building = $building AND building <> 0 AND incident <> $incident AND test = false
      AND registered_at >= $from AND registered_at < $to
    ORDER BY abs(registered_at - $at), request
    LIMIT 8`,
}
const NEAR_MS = 30 * 86_400_000

interface Spell {
  organization: Named | null
  start: number
  end: number | null
  reason: SpellEnd
}

export interface RequestCard {
  line: RequestLine
  /** Told as it was known at that instant; null = as it is known now. */
  knownAt: number | null
  net: {
    /** When it became an appeal; null = still a message. */
    appealAt: number | null
    pauses: readonly Pause[]
    /** Of pauses that ended. */
    pausedS: number
    pausedSince: number | null
  }
  /** First lowering of its priority. */
  downgradedAt: number | null
  misdirected: { addressee: string | null } | null
  belonging: Belonging
  /** Where in the building; never a flat. */
  entrance: number | null
  source: string | null
  acknowledgedAt: number | null
  arrivedAt: number | null
  workDoneAt: number | null
  firstClosedAt: number | null
  /** The contractor now. */
  contractor: Named | null
  /** Phone of who is responsible, as it is now. */
  phone: string | null
  /** Who answered for the building when the request was registered, and since when. */
  tenure: {
    organization: Named | null
    start: number
    end: number | null
    contract: string | null
  } | null
  timeline: TimelineEvent[]
  /** Its clocks, and what each rests on. */
  clocks: Clock[]
  /** Who was responsible when. */
  spells: Spell[]
  /** Names of the organizations that the timeline mentions, by id. */
  names: Record<string, string>
  /** Categories and addresses that it mentions, by id. */
  said: { category: Record<string, Words>; building: Record<string, Words> }
  linked: RequestLine[]
  neighbours: RequestLine[]
  now: number
}

/** With `knownAt`, by the events and the contracts that had reached us by that instant, judged then; other requests, names, contacts and norms are today's. */
export async function requestByNumber(
  context: Asked,
  number: string,
  knownAtInstant?: number,
): Promise<RequestCard> {
  const { engine, registry, log } = context
  const request = log.key(`request:${number}`)
  const [row] = request === undefined ? [] : await factsOf(engine, [request])
  if (request === undefined || !row)
    throw new Refusal('NOT_FOUND', `no request has the number "${number}"; check the number`)

  const all = log.stream(request)
  const events = knownAtInstant === undefined ? all : knownAt(all, knownAtInstant)
  const state = foldRequest(events.filter((event) => isRequestEvent(event)))
  if (!state)
    throw new Refusal(
      'NOT_FOUND',
      `request "${number}" was not known then; its first record came later`,
    )
  const timeline = timelineOf(events)
  const repeated = state.repeatOf
  const at = row.registered_at
  const [linked, neighbours, belonging] = await Promise.all([
    ask(engine, LINKED, { request, of: (repeated && log.key(`request:${repeated}`)) || 0 }),
    ask(engine, NEIGHBOURS, {
      incident: row.incident,
      building: row.building,
      at,
      from: at - NEAR_MS,
      to: at + NEAR_MS,
    }),
    belongingOf(context, row),
  ])
  const keys = [...linked, ...neighbours].map((other) => other.request)
  const others = new Map((await factsOf(engine, keys)).map((other) => [other.request, other]))
  const linesOf = (found: readonly { request: number }[]) =>
    found.flatMap((other) => {
      const facts = others.get(other.request)
      return facts ? [lineOf(facts, registry)] : []
    })

  const named = (organization: number): Named | null => {
    const found = registry.organization(organization)
    return found ? { id: found.id, name: found.name } : null
  }
  const { tenure, organization, spells } = responsibleFor(registry, {
    ...{ row, state, knownAt: knownAtInstant },
  })
  const responsible = spells.at(-1)?.organization ?? organization
  const line = lineOf(row, registry)
  const due = dueOf(state, context.norms)
  const paused = pausedFor(state.pauses)
  return {
    line:
      knownAtInstant === undefined
        ? line
        : {
            ...lineAsKnown(line, state, registry),
            organization: named(organization),
            responsible: named(responsible),
            dueAt: due.dueAt,
            dueBasis: due.basis,
          },
    knownAt: knownAtInstant ?? null,
    net: {
      appealAt: state.appealAt,
      pauses: state.pauses,
      pausedS: Math.round(paused.ended / 1000),
      pausedSince: paused.since,
    },
    downgradedAt: state.downgradedAt,
    misdirected: state.misdirected && {
      addressee: state.misdirected.addressee
        ? (registry.organizationById(state.misdirected.addressee)?.name ??
          state.misdirected.addressee)
        : null,
    },
    belonging,
    entrance: state.entrance,
    source: row.source,
    acknowledgedAt: state.acknowledgedAt,
    arrivedAt: state.arrivedAt,
    workDoneAt: state.workDoneAt,
    firstClosedAt: state.firstClosedAt,
    contractor: named(row.contractor),
    phone: registry.organization(responsible)?.phone ?? null,
    tenure: tenure
      ? {
          organization: named(tenure.organization),
          start: tenure.start,
          end: tenure.end,
          contract: tenure.contract,
        }
      : null,
    timeline,
    clocks: clocksIn(context, events, {
      bySource: state.dueAt !== null,
      now: knownAtInstant ?? minuteOf(context.now()),
    }),
    spells: spells.map(({ organization, ...spell }) => ({
      organization: named(organization),
      ...spell,
    })),
    names: Object.fromEntries(
      timeline.flatMap(({ organization }) => {
        const found = organization === null ? undefined : registry.organizationById(organization)
        return found ? [[found.id, found.name]] : []
      }),
    ),
    said: {
      category: Object.fromEntries(
        timeline.flatMap(({ category }) => {
          const found = category === null ? undefined : registry.categoryById(category)
          return found ? [[found.id, found.name]] : []
        }),
      ),
      building: Object.fromEntries(
        timeline.flatMap(({ building }) => {
          const found = building === null ? undefined : registry.buildingById(building)
          return found ? [[found.id, found.address]] : []
        }),
      ),
    },
    linked: linesOf(linked),
    neighbours: linesOf(neighbours),
    now: minuteOf(context.now()),
  }
}

function clocksIn(
  { norms }: Asked,
  events: readonly Recorded[],
  how: { bySource: boolean; now: number },
): Clock[] {
  const state = foldRequest(events.filter((event) => isRequestEvent(event)))
  if (!state) return []
  return clocksOf(norms, situationOf(state), {
    pauses: state.pauses,
    ...how,
  })
}
