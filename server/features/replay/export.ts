import * as z from 'zod/mini'
import { EVERYTHING } from '#server/contract/filter.ts'
import { LATE_MS, ReplayExport } from '#server/contract/replay.ts'
import {
  inLanguage,
  type Language,
  PRIORITIES,
  SPELL_ENDS,
  type Words,
} from '#server/contract/vocabulary.ts'
import { instantText } from '#server/export/city-text.ts'
import type { ExportColumn, ExportTable } from '#server/export/columns.ts'
import { defineExport } from '#server/export/definition.ts'
import { filterInWords, readFilter } from '#server/export/filter-words.ts'
import { minuteText } from '#server/export/response.ts'
import { DOMAIN_WORDS, EXPORT_WORDS } from '#server/export/words.ts'
import type { Params } from '#server/store/engine.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { REPLAY_WORDS } from './export-words.ts'
import { refuseFuture } from './span.ts'

const PART_MS = 86_400_000
/** A year and its leap day: more is asked for in parts. */
const LONGEST_MS = 366 * 86_400_000

const WITHIN = `told.test = false
  AND (len($district) = 0 OR list_contains($district, told.district))
  AND (len($category) = 0 OR list_contains($category, told.category))
  AND (len($organization) = 0 OR list_contains($organization, told.organization))
  AND (len($building) = 0 OR list_contains($building, told.building))`

/**
 * Beginnings and ends of spells that happened, or were heard of, in [from, to): each once, with both of its instants. `told_at` is the first
 * of these two within.
 */
const TOLD = `(
    SELECT 1 AS change, start_at AS happened, known_at AS heard, 0 AS end_reason, request, building,
      organization, district, category, priority, due_at, test,
      CASE WHEN start_at >= $from AND start_at < $to THEN start_at ELSE known_at END AS told_at
    FROM spell
    WHERE (start_at >= $from AND start_at < $to) OR (known_at >= $from AND known_at < $to)
    UNION ALL
    SELECT -1, end_at, end_known_at, end_reason, request, building, organization, district, category,
      priority, due_at, test,
      CASE WHEN end_at >= $from AND end_at < $to THEN end_at ELSE end_known_at END AS told_at
    FROM spell
    WHERE (end_at >= $from AND end_at < $to) OR (end_known_at >= $from AND end_known_at < $to)
  ) AS told`
/** A part of the answer holds those told in [since, until), so that a slow reader holds no session of the engine. */
const CHANGES = `
  SELECT change, happened, heard, number, told.building, told.organization, told.category,
    told.priority, told.due_at, end_reason
  FROM ${TOLD} JOIN request ON request.request = told.request
  WHERE told_at >= $since AND told_at < $until AND ${WITHIN}
  ORDER BY told_at, told.request, change`
/** The parts in which anything is: the others are never scanned. */
const PARTS = `
  SELECT CAST(floor((told_at - $from) / ${PART_MS}.0) AS INTEGER) AS part, count(*) AS changes
  FROM ${TOLD} WHERE ${WITHIN} GROUP BY part ORDER BY part`

const key = z.number()
const instant = z.nullable(z.number())
const Change = z.object({
  change: key,
  happened: key,
  heard: instant,
  number: z.string(),
  building: key,
  organization: key,
  category: key,
  priority: key,
  due_at: instant,
  end_reason: key,
})
type Change = z.output<typeof Change>
const Part = z.object({ part: key, changes: key })

/** Every change of an interval as a table: what happened, when, and when the log heard of it. */
export const replayExport = defineExport(async ({ context, search, language }) => {
  const asked = readFilter(ReplayExport, search)
  const [from, to] = [Date.parse(asked.at), Date.parse(asked.to)]
  refuseFuture(context.now(), from, to)
  if (to <= from || to - from > LONGEST_MS)
    throw new Refusal('BAD_REQUEST', '"to" lies after "at", and within a year of it')
  const { registry, engine, city } = context
  const keys = (ids: readonly string[], find: (id: string) => { key: number } | undefined) =>
    ids.map((id) => find(id)?.key ?? -1)
  const params = {
    ...{ from, to },
    district: keys(asked.district, (id) => registry.districtById(id)),
    category: keys(asked.category, (id) => registry.categoryById(id)),
    organization: keys(asked.organization, (id) => registry.organizationById(id)),
    building: keys(asked.building, (id) => registry.buildingById(id)),
  }
  const place = placeIn(places, context.now())
  let parts: z.output<typeof Part>[]
  try {
    parts = z.parse(z.array(Part), await engine.query(PARTS, params))
  } catch (cause) {
    place.leave()
    throw cause
  }
  const words = EXPORT_WORDS[language]
  const own = REPLAY_WORDS[language]
  const at = instantText(city.zone)
  const { district, category, organization, building } = asked
  return {
    title: own.title,
    of: `${minuteText(at(from))} – ${minuteText(at(to))}`,
    columns: columnsOf(context, language),
    rows: rowsOf(context, params, parts, place),
    count: parts.reduce((sum, { changes }) => sum + changes, 0),
    about: [
      [
        words.filter,
        filterInWords(
          { ...EVERYTHING, district, category, organization, building },
          context,
          language,
        ),
      ],
      [own.interval, `${at(from)} – ${at(to)}`],
      [own.means, own.meaning],
    ],
  } satisfies ExportTable<Change>
})

/** Instants at which the exports that are being written last went on. */
const places = new Map<symbol, number>()
const AT_ONCE = 2
/** Who reads nothing for so long scans nothing either, and holds nobody up. */
const IDLE_MS = 60_000

function placeIn(taken: Map<symbol, number>, now: number) {
  for (const [one, at] of taken) if (Math.abs(now - at) > IDLE_MS) taken.delete(one)
  if (taken.size >= AT_ONCE)
    throw new Refusal(
      'SERVICE_UNAVAILABLE',
      `${AT_ONCE} histories are being written already; try again in a minute`,
    )
  const own = Symbol('export')
  taken.set(own, now)
  return {
    stay: (at: number) => void taken.set(own, at),
    leave: () => void taken.delete(own),
  }
}

async function* rowsOf(
  { engine, now }: Context,
  { from, to, ...scope }: { from: number; to: number } & Params,
  parts: readonly { part: number }[],
  place: ReturnType<typeof placeIn>,
): AsyncGenerator<Change[]> {
  try {
    for (const { part } of parts) {
      place.stay(now())
      const since = from + part * PART_MS
      const until = Math.min(since + PART_MS, to)
      const rows = await engine.query(CHANGES, { ...scope, from, to, since, until })
      yield z.parse(z.array(Change), rows)
    }
  } finally {
    place.leave()
  }
}

function columnsOf({ registry }: Context, language: Language): ExportColumn<Change>[] {
  const words = DOMAIN_WORDS[language]
  const own = REPLAY_WORDS[language]
  const said = (name: Words | null | undefined) => (name ? inLanguage(name, language) : null)
  const hours = (ms: number) => Math.round((ms / 3_600_000) * 100) / 100
  return [
    { id: 'happenedAt', type: 'instant', value: ({ happened }) => happened },
    { id: 'recordedAt', type: 'instant', value: ({ heard }) => heard },
    {
      id: 'heardAfterHours',
      type: 'number',
      value: ({ happened, heard }) => (heard === null ? null : hours(heard - happened)),
    },
    {
      id: 'cameLate',
      type: 'text',
      width: 12,
      value: ({ happened, heard }) =>
        heard !== null && heard - happened >= LATE_MS ? words.yes : words.no,
    },
    { id: 'change', type: 'text', width: 24, value: (row) => changeOf(row) },
    { id: 'number', type: 'text', width: 16, value: ({ number }) => number },
    {
      id: 'address',
      type: 'text',
      width: 32,
      value: ({ building }) => said(registry.building(building)?.address),
    },
    {
      id: 'building',
      type: 'text',
      width: 14,
      value: ({ building }) => registry.building(building)?.id ?? null,
    },
    {
      id: 'responsibleNow',
      type: 'text',
      value: ({ organization }) => registry.organization(organization)?.name ?? null,
    },
    {
      id: 'category',
      type: 'text',
      value: ({ category }) => said(registry.category(category)?.name),
    },
    {
      id: 'priority',
      type: 'text',
      width: 12,
      value: ({ priority }) => words.priority[PRIORITIES[priority] ?? 'ordinary'],
    },
    { id: 'dueAt', type: 'instant', value: ({ due_at }) => due_at },
  ]

  function changeOf({ change, end_reason: reason }: Change): string {
    if (change > 0) return own.opened
    const word = SPELL_ENDS[reason]
    return word === 'transferred' || word === undefined ? own.transferred : words.outcome[word]
  }
}
