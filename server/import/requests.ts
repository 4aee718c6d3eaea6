import type { DomainEvent } from '#server/contract/events.ts'
import type {
  CategoryAbout,
  Channel,
  Kind,
  OrganizationKind,
  Priority,
} from '#server/contract/vocabulary.ts'
import { personalId } from '#server/domain/personal-fault.ts'
import { cut, type FieldReaders, idOf, NOTES, type Position, type Row } from './fields.ts'
import type { RequestsMapping, TextField } from './mapping.ts'
import { ENDINGS, type Step } from './steps.ts'

export interface RequestDraft {
  number: string
  registeredAt: number
  /** Instants; null = the file says so without saying when. */
  steps: ReadonlyMap<Step, number | null>
  dueAt: number | undefined
  closingNote: string | undefined
  building:
    | { id: string; address: string | undefined; at: Position | undefined; weak: boolean }
    | undefined
  organization:
    | { id: string; name: string | undefined; kind: OrganizationKind | undefined }
    | undefined
  category:
    | {
        id: string
        name: string | undefined
        group: string | undefined
        about: CategoryAbout | undefined
      }
    | undefined
  district: { id: string; name: string | undefined } | undefined
  channel: Channel | undefined
  priority: Priority | undefined
  kind: Kind | undefined
  /** Only where it says more than the building does. */
  place: string | undefined
  at: Position | undefined
  entrance: number | undefined
}

const LONGEST_NUMBER = 80
/** Excel writes long numbers so, and many of them become one. */
const ROUNDED = /^\d(?:[.,]\d+)?E\+\d+$/i

/** Reads rows of requests; undefined where the row has faults. */
export function requestReader(mapping: RequestsMapping, fields: FieldReaders) {
  const maybe = (field: TextField | undefined) => (field ? fields.text(field) : () => undefined)
  const number = fields.text(mapping.number)
  const registered = fields.time(mapping.registered)
  const due = mapping.due && fields.time(mapping.due)
  const steps = Object.entries(mapping.steps).map(
    ([step, field]) => [step as Step, fields.time(field), field.column] as const,
  )
  const status = mapping.status && fields.text({ column: mapping.status.column, as: 'text' })
  const building = buildingReader(mapping, fields)
  const organizationId = maybe(mapping.organization?.id)
  const organizationName = maybe(mapping.organization?.name)
  const organizationKind = fields.word(mapping.organization?.kind)
  const categoryId = maybe(mapping.category?.id)
  const categoryName = maybe(mapping.category?.name)
  const categoryGroup = maybe(mapping.category?.group)
  const categoryAbout = fields.word(mapping.category?.about)
  const districtId = maybe(mapping.district?.id)
  const districtName = maybe(mapping.district?.name)
  const channel = fields.word(mapping.channel)
  const priority = fields.word(mapping.priority)
  const kind = fields.word(mapping.requestKind)
  const closingNote = maybe(mapping.closingNote)
  const entrance =
    mapping.entrance && fields.number(mapping.entrance, { from: 1, to: 500, whole: true })

  function numberOf(row: Row): string | undefined {
    const { column } = mapping.number
    const value = number(row)
    if (value === undefined) row.faults.push({ column, reason: 'has no request number', value: '' })
    else if (ROUNDED.test(value))
      row.faults.push({ column, reason: 'is a number that a spreadsheet has rounded', value })
    else if (value.length > LONGEST_NUMBER)
      row.faults.push({ column, reason: `is longer than ${LONGEST_NUMBER} signs`, value })
    const personal = value === undefined ? null : personalId(value)
    if (personal)
      row.faults.push({
        ...{ column, value: `…${personal.end}` },
        reason: `is ${personal.words}; number requests by something that is not personal`,
      })
    return value
  }

  function stepsOf(row: Row, registeredAt: number): Map<Step, number | null> {
    const found = new Map<Step, number | null>()
    for (const [step, read, column] of steps) {
      const time = read(row)
      if (!time) continue
      // A date without a time, on the day of registration, is not before it.
      const sameDay = time.dayEnd !== null && time.at <= registeredAt && registeredAt < time.dayEnd
      found.set(step, sameDay ? registeredAt : time.at)
      if (time.at < registeredAt && !sameDay && ENDINGS.includes(step))
        row.notes.push({ column, reason: NOTES.early, value: time.text })
    }
    return found
  }

  function tellStatus(row: Row, found: Map<Step, number | null>) {
    if (!mapping.status || !status) return
    const { column, values } = mapping.status
    const value = status(row)
    if (value === undefined) return
    const says = Object.hasOwn(values, value) ? values[value] : undefined
    if (says === undefined)
      row.faults.push({ column, reason: 'is not among the values of the mapping', value })
    else if (says === 'open') {
      if (ENDINGS.some((step) => found.has(step)))
        row.notes.push({ column, reason: NOTES.reopened, value })
    } else if (!found.has(says)) {
      found.set(says, null)
      row.notes.push({ column, reason: NOTES.untimed, value })
    }
  }

  return (row: Row): RequestDraft | undefined => {
    const time = registered(row)
    if (time?.dayEnd)
      row.notes.push({ column: mapping.registered.column, reason: NOTES.day, value: time.text })
    const id = numberOf(row)
    if (!time && !row.faults.some(({ column }) => column === mapping.registered.column))
      row.faults.push({
        column: mapping.registered.column,
        reason: 'has no time of registration',
        value: '',
      })
    const found = time ? stepsOf(row, time.at) : new Map<Step, number | null>()
    tellStatus(row, found)
    const dueTime = due?.(row)
    if (row.faults.length > 0 || !time || id === undefined) return undefined

    const organization = organizationId(row)
    const category = categoryId(row)
    const district = districtId(row)
    return {
      number: id,
      registeredAt: time.at,
      steps: found,
      dueAt: dueTime && (dueTime.dayEnd ?? dueTime.at),
      closingNote: closingNote(row),
      ...building(row),
      organization:
        organization === undefined
          ? undefined
          : { id: idOf(organization), name: organizationName(row), kind: organizationKind(row) },
      category:
        category === undefined
          ? undefined
          : {
              ...{ id: idOf(category), name: categoryName(row), group: categoryGroup(row) },
              about: categoryAbout(row),
            },
      district:
        district === undefined ? undefined : { id: idOf(district), name: districtName(row) },
      channel: channel(row),
      priority: priority(row),
      kind: kind(row),
      entrance: entrance?.(row),
    }
  }
}

/** At which building a request is, or else near which place. */
function buildingReader(mapping: RequestsMapping, fields: FieldReaders) {
  const { building: told } = mapping
  const idField = told?.id
  const id = idField ? fields.text(idField) : () => undefined
  const addressField = told?.address ?? mapping.place
  const russian = idField?.as === 'street address'
  const address = addressField ? fields.address(addressField, russian) : () => undefined
  const place = mapping.place ? fields.address(mapping.place, russian) : address
  const at = fields.position(told?.lon ?? mapping.lon, told?.lat ?? mapping.lat)
  const begins = (text: string | undefined, starts: readonly string[] = []) =>
    text !== undefined && starts.some((start) => text.startsWith(start))

  return (row: Row): Pick<RequestDraft, 'building' | 'place' | 'at'> => {
    const said = address(row)
    const position = at(row)
    const near = begins(said, told?.near)
    const found = near ? undefined : id(row)
    if (found === undefined) {
      const where = place(row)
      if (russian && where && !near && addressField)
        row.notes.push({ column: addressField.column, reason: NOTES.place, value: where })
      return { building: undefined, place: where, at: position }
    }
    const weak = begins(said, told?.weak)
    return {
      building: { id: idOf(found), address: russian ? found : said, at: position, weak },
      place: weak ? place(row) : undefined,
      at: weak ? position : undefined,
    }
  }
}

/** The events of a request; a step without a time is stored with the time by which the file knew it. */
export function eventsOfRequest(
  draft: RequestDraft,
  source: string,
  knownBy: number,
): DomainEvent[] {
  const { number: request, registeredAt, dueAt, building, organization, category } = draft
  const { channel, priority, kind, place, at, entrance } = draft
  const events: DomainEvent[] = [
    {
      id: `${source}:${request}:registered`,
      type: 'request.registered',
      occurredAt: registeredAt,
      source,
      request,
      channel: channel ?? 'unknown',
      priority: priority ?? 'ordinary',
      kind: kind ?? 'work_request',
      ...(building && { building: building.id }),
      ...(organization && { organization: organization.id }),
      ...(category && { category: category.id }),
      ...(dueAt !== undefined && { dueAt }),
      ...(entrance !== undefined && { entrance }),
      ...(at && { lon: at[0], lat: at[1] }),
      ...(place && { place: cut(place, 300) }),
    },
  ]
  for (const [step, when] of draft.steps) {
    const event = {
      id: `${source}:${request}:${step}`,
      type: `request.${step}` as const,
      occurredAt: when ?? knownBy,
      source,
      request,
      ...(when === null && { timeUnknown: true as const }),
    }
    if (step === 'closed' && draft.closingNote)
      events.push({ ...event, type: 'request.closed', note: cut(draft.closingNote, 200) })
    else events.push(event)
  }
  return events
}
