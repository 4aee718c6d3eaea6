import { z } from 'zod'
import type { DeskQueue } from '#server/contract/desk.ts'
import { KINDS, OUTCOMES } from '#server/contract/vocabulary.ts'

const key = z.number().int()
const count = z.coerce.number().int()
const COMPLAINT = KINDS.indexOf('complaint')
const MESSAGE = KINDS.indexOf('message')
const FORWARDED = OUTCOMES.indexOf('forwarded')

/** A message has time until it is an appeal, and a complaint about a company needs no house; whatever else is told of where it is wants one. */
const WANTS_HOUSE = `(building_ref IS NOT NULL OR place IS NOT NULL OR lon IS NOT NULL OR (kind <> ${MESSAGE} AND about = 0))`

/** What waits in each queue: open, no test. Categories of `$foreign` belong to others than the companies of `$keepers` (ids: `$keeperIds`). */
export const WAITS: Record<DeskQueue, string> = {
  complaints: `(kind = ${COMPLAINT} AND about <> 0)`,
  addresses: `(building = 0 AND ${WANTS_HOUSE})`,
  messages: `(kind = ${MESSAGE} AND appeal_at IS NULL)`,
  misdirected: `(about = 0 AND kind <> ${MESSAGE} AND NOT addressee_confirmed
    AND (misdirected OR category IN (SELECT unnest($foreign)))
    AND (current_organization = 0 AND misdirected OR current_organization IN (SELECT unnest($keepers)))
    AND NOT (misdirected AND current_organization = coalesce($keepers[list_position($keeperIds, addressee)], -1)))`,
}
const STANDS = 'test = false AND closed_at IS NULL'

/** Of requests registered on the local days in [`$from`, `$to`). */
export const COUNTS = {
  name: 'intake.counts',
  within: 'filter' as const,
  row: z.object({
    complaints: count,
    unattended: count,
    addresses: count,
    messages: count,
    misdirected: count,
  }),
  sql: `
    SELECT count(*) FILTER (WHERE ${WAITS.complaints}) AS complaints,
      count(*) FILTER (WHERE ${WAITS.complaints} AND acknowledged_at IS NULL) AS unattended,
      count(*) FILTER (WHERE ${WAITS.addresses}) AS addresses,
      count(*) FILTER (WHERE ${WAITS.messages}) AS messages,
      count(*) FILTER (WHERE ${WAITS.misdirected}) AS misdirected
    FROM request
    WHERE ${STANDS} AND registered_on >= $from AND registered_on < $to`,
}

const Row = z.object({
  request: key,
  number: z.string(),
  registered_at: z.number(),
  acknowledged_at: z.number().nullable(),
  source: z.string().nullable(),
  channel: key,
  kind: key,
  category: key,
  building: key,
  current_organization: key,
  about: key,
  misdirected: z.boolean(),
  addressee: z.string().nullable(),
  place: z.string().nullable(),
  building_ref: z.string().nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
})
export type DeskFacts = z.output<typeof Row>

/** Oldest first; complaints that nobody took first of all. */
export const queueQuestion = (queue: DeskQueue) => ({
  name: `intake.${queue}`,
  row: Row,
  sql: `
    SELECT ${Object.keys(Row.shape).join(', ')}
    FROM request
    WHERE ${STANDS} AND ${WAITS[queue]}
    ORDER BY ${queue === 'complaints' ? 'acknowledged_at IS NOT NULL, ' : ''}${
      queue === 'misdirected' ? 'misdirected DESC, ' : ''
    }registered_at, request
    LIMIT $limit`,
})

/** Of requests since `$since` that have a building or want one: how many stand without. By source. */
export const UNMATCHED = {
  name: 'intake.unmatched',
  row: z.object({ source: z.string(), n: count, unmatched: count }),
  sql: `
    SELECT coalesce(source, '') AS source, count(*) AS n,
      count(*) FILTER (WHERE building = 0) AS unmatched
    FROM request
    WHERE test = false AND (building <> 0 OR ${WANTS_HOUSE}) AND registered_at >= $since
    GROUP BY ALL
    ORDER BY n DESC, source`,
}

/** Appeals of the last 90 days and of the 90 before, and how many of them an operator found misdirected or passed on. By channel. */
export const MISDIRECTED_SHARES = {
  name: 'intake.misdirectedShares',
  row: z.object({ channel: key, n: count, misdirected: count, before_n: count, before: count }),
  sql: `
    SELECT channel,
      count(*) FILTER (WHERE registered_at >= $middle) AS n,
      count(*) FILTER (WHERE registered_at >= $middle AND wrong) AS misdirected,
      count(*) FILTER (WHERE registered_at < $middle) AS before_n,
      count(*) FILTER (WHERE registered_at < $middle AND wrong) AS before
    FROM (SELECT *, misdirected OR outcome = ${FORWARDED} AS wrong FROM request
      WHERE test = false AND appeal_at IS NOT NULL
        AND registered_at >= $since AND registered_at < $until)
    GROUP BY channel
    ORDER BY n DESC, channel`,
}
