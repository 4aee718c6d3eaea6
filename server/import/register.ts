import type { DomainEvent } from '#server/contract/events.ts'
import type { OrganizationKind } from '#server/contract/vocabulary.ts'
import { canonicalJson } from '#server/log/canonical.ts'
import type { Log } from '#server/log/log.ts'
import type { AsOf } from './as-of.ts'
import type { Origin } from './catalogue.ts'
import {
  cut,
  type FieldReaders,
  idOf,
  NOTES,
  type Position,
  parseNumber,
  type Row,
} from './fields.ts'
import type { NumberField, RegisterMapping, TextField } from './mapping.ts'

export interface HouseDraft {
  id: string
  address: string
  district: { id: string; name: string | undefined } | undefined
  at: Position | undefined
  facts: Readonly<Record<string, number | string>>
  organization:
    | { id: string; name: string | undefined; kind: OrganizationKind | undefined }
    | undefined
  /** Since when, by the register; undefined where it does not say, or says something implausible. */
  since: number | undefined
}

/** Spreadsheets write an empty date so, and the register has the third century. */
const PLAUSIBLE_SINCE = Date.UTC(1901, 0, 1)
const NUMBERS = {
  year: { from: 1500, to: 2200, whole: true },
  floors: { from: 1, to: 300, whole: true },
  entrances: { from: 1, to: 500, whole: true },
  apartments: { from: 1, to: 20_000, whole: true },
  area: { from: 0.1, to: 10_000_000 },
  lifts: { from: 0, to: 500, whole: true },
} as const

/** Reads rows of a register; undefined where the row has faults. A number that cannot be is left out, with a note. */
export function registerReader(mapping: RegisterMapping, fields: FieldReaders, asOf: AsOf) {
  const { building, organization: company, district } = mapping
  const maybe = (field: TextField | undefined) => (field ? fields.text(field) : () => undefined)
  const id = fields.text(building.id)
  const address = fields.address(building.address, false)
  const at = fields.position(building.lon, building.lat)
  const series = maybe(building.series)
  const heatingPoint = maybe(building.heatingPoint)
  const year = asOf.date.slice(0, 4)
  const numbers = Object.entries(NUMBERS).flatMap(([name, range]) => {
    const field: NumberField | undefined = building[name as keyof typeof NUMBERS]
    const to = name === 'year' ? Number(year) + 5 : range.to
    return field ? [[name, fields.number(field, { ...range, to })] as const] : []
  })
  const share = shareReader(building.cityShare, fields)
  const companyId = maybe(company?.id)
  const companyName = maybe(company?.name)
  const kindOf = (name: string | undefined) =>
    company?.kinds.find(([start]) => name?.startsWith(start))?.[1]
  const since = mapping.since && fields.time(mapping.since, false)
  const districtId = maybe(district?.id)
  const districtName = maybe(district?.name)

  function sinceOf(row: Row): number | undefined {
    const time = since?.(row)
    if (!time || !mapping.since) return undefined
    if (time.at >= PLAUSIBLE_SINCE && time.at <= asOf.at) return time.at
    row.notes.push({ column: mapping.since.column, reason: NOTES.date, value: time.text })
    return undefined
  }

  return (row: Row): HouseDraft | undefined => {
    const house = id(row)
    if (house === undefined) {
      row.faults.push({ column: building.id.column, reason: 'has no building id', value: '' })
      return undefined
    }
    const facts: Record<string, number | string> = {}
    for (const [name, read] of numbers) {
      const value = read(row)
      if (value !== undefined) facts[name] = value
    }
    for (const [name, read] of [
      ['series', series],
      ['heatingPoint', heatingPoint],
    ] as const) {
      const value = read(row)
      if (value !== undefined) facts[name] = cut(value, 80)
    }
    const cityShare = share(row)
    if (cityShare !== undefined) facts.cityShare = cityShare
    const who = companyId(row)
    const where = districtId(row)
    const name = companyName(row)
    return {
      id: idOf(house),
      address: address(row) ?? house,
      district: where === undefined ? undefined : { id: idOf(where), name: districtName(row) },
      at: at(row),
      facts,
      organization: who === undefined ? undefined : { id: idOf(who), name, kind: kindOf(name) },
      since: sinceOf(row),
    }
  }
}

function shareReader(field: RegisterMapping['building']['cityShare'], fields: FieldReaders) {
  if (!field) return () => undefined
  const { column, as } = field
  const text = fields.text({ column, as: 'text' })
  const whole = as === 'percent' ? 100 : 1
  return (row: Row): number | undefined => {
    const value = text(row)
    if (value === undefined) return undefined
    const found = parseNumber(as === 'percent' ? value.replace(/\s*%$/, '') : value)
    if (found >= 0 && found <= whole) return Math.round((found / whole) * 1e6) / 1e6
    row.notes.push({ column, reason: NOTES.number, value })
    return undefined
  }
}

interface House {
  body: string
  gone: boolean
  /** undefined = no snapshot ever named anyone. */
  holder: string | null | undefined
}
export interface Snapshots {
  /** The register as its snapshots before this date left it. */
  houses: ReadonlyMap<string, House>
  /** Instant of the newest of them. */
  previousAt: number
  /** Date of the newest snapshot of all; undefined when there is none. */
  newest: string | undefined
  /** This very date is in the log already. */
  seen: boolean
}

const dateOf = (id: string) => /:(\d{4}-\d\d-\d\d)$/.exec(id)?.[1]

/** What the log holds of the snapshots of one source, told apart by the date at the end of their event ids. */
export function snapshotsOf(log: Log, source: string, asOf: AsOf): Snapshots {
  const houses = new Map<string, House>()
  let newest: string | undefined
  let previousAt = Number.NEGATIVE_INFINITY
  let seen = false
  for (const event of log.registry()) {
    if (event.source !== source) continue
    const date = dateOf(event.id)
    if (date === undefined) continue
    if (newest === undefined || date > newest) newest = date
    if (date === asOf.date) seen = true
    if (date >= asOf.date) continue
    if (event.type === 'building.registered' || event.type === 'building.removed')
      previousAt = Math.max(previousAt, event.occurredAt)
    if (!('building' in event) || !event.building) continue
    const house = houses.get(event.building) ?? { body: '', gone: false, holder: undefined }
    houses.set(event.building, house)
    if (event.type === 'building.registered') {
      house.body = canonicalJson(bodyOf(event))
      house.gone = false
    } else if (event.type === 'building.removed') house.gone = true
    else if (event.type === 'tenure.changed') house.holder = event.organization
  }
  return { houses, previousAt, newest, seen }
}

const bodyOf = (event: DomainEvent) => {
  const { id, type, occurredAt, source, ...body } = event
  const { seq: _seq, recordedAt: _at, ...rest } = body as Record<string, unknown>
  return rest
}

const eventId = ({ source, asOf }: Origin, house: string, what: string) =>
  `${source}:${idOf(house, 56)}:${what}:${asOf.date}`

/**
 * What a row adds to the register: its building if it is new, back, or described otherwise; its organization if it is
 * another one than before. The day on which an organization took over is the one that the register gives, where it lies
 * after the previous snapshot; otherwise the date of this one, as an unknown time.
 */
export function eventsOfHouse(draft: HouseDraft, before: Snapshots, origin: Origin): DomainEvent[] {
  const { source, language, asOf } = origin
  const { id: building, at, district, organization } = draft
  const house = before.houses.get(building)
  const events: DomainEvent[] = []
  const registered = {
    id: eventId(origin, building, 'registered'),
    type: 'building.registered' as const,
    occurredAt: asOf.at,
    source,
    building,
    address: { [language]: cut(draft.address, 200) },
    ...(district && { district: district.id }),
    ...(at && { lon: at[0], lat: at[1] }),
    ...draft.facts,
  }
  if (!house || house.gone || house.body !== canonicalJson(bodyOf(registered)))
    events.push(registered)

  const holder = house?.holder
  const holds = organization?.id ?? (holder === undefined ? undefined : null)
  if (holds !== holder && holds !== undefined) {
    const { since } = draft
    const after = holder === undefined ? Number.NEGATIVE_INFINITY : before.previousAt
    const told = holds !== null && since !== undefined && since > after
    events.push({
      id: eventId(origin, building, 'tenure'),
      type: 'tenure.changed',
      occurredAt: told ? since : asOf.at,
      source,
      building,
      organization: holds,
      ...(!told && { timeUnknown: true as const }),
    })
  }
  return events
}

/** Buildings that earlier snapshots had and this one has not. */
export function removedHouses(
  present: ReadonlySet<string>,
  before: Snapshots,
  origin: Origin,
): DomainEvent[] {
  const gone = [...before.houses].filter(([id, house]) => !house.gone && !present.has(id))
  return gone.map(([building]) => ({
    id: eventId(origin, building, 'removed'),
    type: 'building.removed',
    occurredAt: origin.asOf.at,
    source: origin.source,
    building,
    timeUnknown: true,
  }))
}
