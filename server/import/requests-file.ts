import { zoneOffset } from '#server/domain/local-time.ts'
import { dateOfFile, dayOf } from './as-of.ts'
import { createCatalogue, knownOf } from './catalogue.ts'
import type { FieldReaders } from './fields.ts'
import { type FileKind, middle } from './file-kind.ts'
import type { RequestsMapping } from './mapping.ts'
import { eventsOfRequest, type RequestDraft, requestReader } from './requests.ts'
import { ENDINGS, type Step } from './steps.ts'

interface Given {
  file: string
  mapping: RequestsMapping
  fields: FieldReaders
  asOf: string | undefined
  now: number
}

/**
 * A file of requests. It knows what it says by the end of its date: the one that was given or is in its name, else the
 * day of its newest registration.
 */
export function requestsFile(given: Given): FileKind<RequestDraft> {
  const { file, mapping, fields, now } = given
  const { source, zone, language } = mapping
  const catalogue = createCatalogue()
  const positions = middle()
  let newest = Number.NEGATIVE_INFINITY
  /** Only a file that tells closings says of a request without one that it is open. */
  const tellsClosings =
    mapping.status !== undefined || ENDINGS.some((step) => mapping.steps[step] !== undefined)

  return {
    source,
    zone,
    read: requestReader(mapping, fields),
    survey(draft) {
      catalogue.add(draft)
      positions.add(draft.at ?? draft.building?.at)
      if (draft.registeredAt <= now) newest = Math.max(newest, draft.registeredAt)
    },
    plan(log) {
      const last = Number.isFinite(newest) ? newest : now
      const asOf = dateOfFile(file, given.asOf, zone, 'end') ?? dayOf(last, zone, zoneOffset(zone))
      const origin = { source, language, asOf }
      return {
        origin,
        first: catalogue.events(knownOf(log), origin),
        events(draft) {
          const events = eventsOfRequest(draft, source, Math.max(asOf.at, draft.registeredAt))
          const closed = ENDINGS.some((step) => draft.steps.has(step))
          return { events, ...(tellsClosings && !closed && { openAt: last }) }
        },
        last: [],
        warnings: [],
        centre: positions.position(),
      }
    },
    columnOf: (field) => columnOf(mapping, field),
  }
}

function columnOf(mapping: RequestsMapping, eventField: string): string {
  const [type = '', field = ''] = eventField.split('/')
  const column = (told: object | undefined) => (told && 'column' in told ? String(told.column) : '')
  if (field === 'status') return mapping.status?.column ?? ''
  if (type !== 'request.registered') {
    if (field === 'note') return column(mapping.closingNote)
    return column(mapping.steps[type.replace('request.', '') as Step] ?? mapping.status)
  }
  const columns: Readonly<Record<string, object | undefined>> = {
    occurredAt: mapping.registered,
    dueAt: mapping.due,
    building: mapping.building?.id,
    organization: mapping.organization?.id,
    category: mapping.category?.id,
    channel: mapping.channel,
    priority: mapping.priority,
    kind: mapping.requestKind,
    entrance: mapping.entrance,
    place: mapping.place ?? mapping.building?.address,
    lon: mapping.building?.lon ?? mapping.lon,
    lat: mapping.building?.lat ?? mapping.lat,
  }
  return column(columns[field])
}
