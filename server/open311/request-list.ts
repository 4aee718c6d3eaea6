import { z } from 'zod'
import { inLanguage, type Language, OUTCOMES, STATES } from '#server/contract/vocabulary.ts'
import en from '#server/contract/words/en.ts'
import kk from '#server/contract/words/kk.ts'
import ru from '#server/contract/words/ru.ts'
import { ask } from '#server/store/ask.ts'
import type { Context } from '#server/trpc.ts'
import { Open311Error } from './answer.ts'
import { UNKNOWN_SERVICE } from './services.ts'

type Asked = Pick<Context, 'engine' | 'registry' | 'now'>

const key = z.number().int()
const REQUESTS = {
  name: 'open311.requests',
  row: z.object({
    number: z.string(),
    state: key,
    outcome: key,
    category: key,
    building: key,
    building_ref: z.string().nullable(),
    current_organization: key,
    registered_at: z.number(),
    closed_at: z.number().nullable(),
    last_event_at: z.number().nullable(),
    due_at: z.number().nullable(),
    lon: z.number().nullable(),
    lat: z.number().nullable(),
    place: z.string().nullable(),
  }),
  sql: `
    SELECT number, state, outcome, category, building, building_ref, current_organization,
      registered_at, closed_at, last_event_at, due_at, lon, lat, place
    FROM request
    WHERE test = false
      AND CASE WHEN $named THEN number IN (SELECT unnest($numbers))
        ELSE registered_at >= $from AND registered_at <= $to
          AND (NOT $narrowed OR category IN (SELECT unnest($categories)))
          AND ($open OR outcome <> 0) AND ($closed OR outcome = 0) END
    ORDER BY registered_at DESC, request DESC
    LIMIT $limit OFFSET $offset`,
}
type Row = z.output<typeof REQUESTS.row>

const DAY = 86_400_000
/** Both by the protocol. */
const SPAN_DAYS = 90
const MOST = 1000

/** A date and time of the W3C note; the zone is part of it, because an instant without one is another in each city. */
const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

export interface RequestQuestion {
  numbers: readonly string[]
  categories: readonly string[] | null
  from: number
  to: number
  open: boolean
  closed: boolean
  limit: number
  offset: number
}

const KNOWN = new Set([
  ...[
    'service_request_id',
    'service_code',
    'start_date',
    'end_date',
    'status',
    'page',
    'page_size',
  ],
  ...['jurisdiction_id', 'api_key', 'locale'],
])

/** Reads what is asked for; throws Open311Error with the name of what is not right. */
export function questionOf(params: URLSearchParams, now: number): RequestQuestion {
  for (const name of params.keys())
    if (!KNOWN.has(name)) throw new Open311Error(400, `"${name.slice(0, 60)}" cannot be asked for`)
  const one = (name: string) => {
    const values = params.getAll(name).filter((value) => value !== '')
    if (values.length > 1) throw new Open311Error(400, `${name} is given ${values.length} times`)
    return values[0]
  }
  const many = (name: string) =>
    params
      .getAll(name)
      .flatMap((value) => value.split(','))
      .map((value) => value.trim())
      .filter((value) => value !== '')
  const instant = (name: string) => {
    const text = one(name)
    if (text === undefined) return undefined
    const parsed = Instant.safeParse(text)
    if (parsed.success) return parsed.data
    throw new Open311Error(
      400,
      `${name} is not a W3C date and time with a zone, such as 2026-02-10T12:00:00Z or 2026-02-10T17:00:00+05:00`,
    )
  }
  const number = (name: string, otherwise: number, most: number) => {
    const text = one(name)
    if (text === undefined) return otherwise
    const value = /^\d{1,9}$/.test(text) ? Number(text) : 0
    if (value >= 1 && value <= most) return value
    throw new Open311Error(400, `${name} is not a whole number from 1 to ${most}`)
  }

  const numbers = many('service_request_id')
  if (numbers.length > MOST)
    throw new Open311Error(400, `more than ${MOST} service_request_id at once`)
  const start = instant('start_date')
  const end = instant('end_date')
  const to = end ?? (start === undefined ? now : Math.min(now, start + SPAN_DAYS * DAY))
  const from = start ?? to - SPAN_DAYS * DAY
  if (from > to) throw new Open311Error(400, 'start_date is later than end_date')
  if (to - from > SPAN_DAYS * DAY)
    throw new Open311Error(400, `start_date and end_date span more than ${SPAN_DAYS} days`)
  const statuses = many('status')
  for (const status of statuses)
    if (status !== 'open' && status !== 'closed')
      throw new Open311Error(400, 'status is "open" or "closed", or both with a comma')
  const codes = many('service_code')
  const limit = number('page_size', MOST, MOST)
  return {
    numbers,
    categories: codes.length > 0 ? codes : null,
    from,
    to,
    open: statuses.length === 0 || statuses.includes('open'),
    closed: statuses.length === 0 || statuses.includes('closed'),
    limit,
    offset: (number('page', 1, 1_000_000) - 1) * limit,
  }
}

export async function requestsOf(
  { engine, registry }: Asked,
  question: RequestQuestion,
  language: Language,
) {
  const { numbers, categories, ...rest } = question
  const keys = (categories ?? []).map((code) => {
    if (code === UNKNOWN_SERVICE) return 0
    const category = registry.categoryById(code)
    if (!category) throw new Open311Error(404, `service_code "${code.slice(0, 128)}" was not found`)
    return category.key
  })
  const rows = await ask(engine, REQUESTS, {
    ...rest,
    numbers,
    named: numbers.length > 0,
    categories: keys,
    narrowed: categories !== null,
  })
  return rows.map((row) => requestOf(row, registry, language))
}

export const onlyRequest = (number: string): RequestQuestion => ({
  ...{ numbers: [number], categories: null, from: 0, to: 0, open: true, closed: true },
  ...{ limit: 1, offset: 0 },
})

const WORDS = { ru, kk, en }
const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString())

/** The protocol knows open and closed; how it ended, or where it stands, is told in the notes. */
function requestOf(row: Row, registry: Asked['registry'], language: Language) {
  const building = registry.building(row.building)
  const category = registry.category(row.category)
  const words = WORDS[language]
  const outcome = OUTCOMES[row.outcome] ?? 'open'
  const isOpen = outcome === 'open'
  return {
    service_request_id: row.number,
    status: isOpen ? 'open' : 'closed',
    status_notes: isOpen ? words.state[STATES[row.state] ?? 'registered'] : words.outcome[outcome],
    service_name: category ? inLanguage(category.name, language) : null,
    service_code: category?.id ?? UNKNOWN_SERVICE,
    // What a person wrote is theirs: it is never told here.
    description: null,
    agency_responsible: registry.organization(row.current_organization)?.name ?? null,
    service_notice: null,
    requested_datetime: new Date(row.registered_at).toISOString(),
    updated_datetime: iso(isOpen ? row.last_event_at : row.closed_at),
    expected_datetime: iso(row.due_at),
    address: building ? inLanguage(building.address, language) : (row.place ?? row.building_ref),
    address_id: building?.id ?? null,
    zipcode: null,
    lat: row.lat ?? building?.lat ?? null,
    long: row.lon ?? building?.lon ?? null,
    media_url: null,
  }
}
