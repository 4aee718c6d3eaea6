import type { DomainEvent } from '#server/contract/events.ts'
import { SubjectRecord } from '#server/contract/subjects.ts'
import { withoutPerson } from '#server/subjects/place-text.ts'
import type { Context } from '#server/trpc.ts'
import { Open311Error } from './answer.ts'
import { buildingAt } from './place.ts'
import { isAttribute } from './services.ts'

type Taking = Pick<Context, 'log' | 'registry' | 'subjects' | 'now' | 'newId'>

/** `account_id` is taken as the protocol has it and not kept: accounts of other systems are nobody here. Of a device only that it is one. */
const SINGLE = [
  ...['service_code', 'lat', 'long', 'address_string', 'address_id', 'email', 'device_id'],
  ...['account_id', 'first_name', 'last_name', 'phone', 'description', 'media_url'],
  ...['jurisdiction_id', 'api_key', 'locale'],
] as const
const LONGEST_TEXT = 10_000
type Field = (typeof SINGLE)[number]
const isField = (name: string): name is Field => (SINGLE as readonly string[]).includes(name)

interface Form {
  fields: Partial<Record<Field, string>>
  attributes: Map<string, string>
}

/** Reads the form of a new request. A field told twice is refused: nobody knows which one is meant. */
export function formOf(params: URLSearchParams): Form {
  const fields: Form['fields'] = {}
  const attributes: Form['attributes'] = new Map()
  for (const [name, raw] of params) {
    const value = raw.trim()
    const [, code] = /^attribute\[([^[\]]{1,128})\](?:\[\])?$/.exec(name) ?? []
    if (code === undefined && !isField(name))
      throw new Open311Error(400, `there is no parameter "${name.slice(0, 60)}"`)
    if (code !== undefined && !isAttribute(code))
      throw new Open311Error(400, `the service has no attribute "${code}"`)
    const known = code === undefined ? isField(name) && name in fields : attributes.has(code)
    if (known) throw new Open311Error(400, `${name} is given more than once`)
    if (!value.isWellFormed() || /\p{Cc}/u.test(value.replaceAll(/[\n\r\t]/g, '')))
      throw new Open311Error(400, `${name} holds characters that are no text`)
    if (code !== undefined) attributes.set(code, value)
    else if (isField(name)) fields[name] = value
  }
  return { fields, attributes }
}

/** Stores a new request of a source; resolves with its number after the fsync. Whoever asks goes to the erasable table. */
export async function submit(context: Taking, source: string, form: Form): Promise<string> {
  const { log, registry, subjects, now, newId } = context
  const { fields, attributes } = form
  const category = fields.service_code
  if (!category) throw new Open311Error(400, 'service_code was not provided')
  if (!registry.categoryById(category))
    throw new Open311Error(404, `service_code "${category.slice(0, 128)}" was not found`)
  const { flat, rest, ...where } = placeOf(context, form)
  const request = `${source}-${newId().replaceAll('-', '').slice(0, 12)}`
  const subjectId = `${request}:asks`
  const person = personOf(subjectId, request, {
    ...fields,
    rest,
    ...((attributes.get('flat') || flat) && { flat: attributes.get('flat') || flat }),
  })
  const at = now()
  const event: DomainEvent = {
    id: `${source}:${request}:registered`,
    type: 'request.registered',
    occurredAt: at,
    source,
    actor: { party: 'resident' },
    request,
    category,
    channel: fields.device_id ? 'app' : 'web',
    priority: 'ordinary',
    kind: 'work_request',
    ...where,
    ...entranceOf(attributes.get('entrance')),
    ...(person && { subjectId }),
  }
  // The person first: a contact that no event names is nothing, an event whose contact is lost is a request nobody can answer.
  if (person) subjects.put([person], at)
  await log.append([event])
  return request
}

function placeOf({ registry }: Taking, { fields }: Form) {
  const { lat, long, address_string: written, address_id: id } = fields
  if (!id && !written && !lat && !long)
    throw new Open311Error(400, 'no location: give lat and long, address_string or address_id')
  const point = lat || long ? { lat: degrees('lat', lat, 90), lon: degrees('long', long, 180) } : {}
  if (id && !registry.buildingById(id))
    throw new Open311Error(404, `address_id "${id.slice(0, 128)}" was not found`)
  const said = withoutPerson(written ?? '', (text) => registry.addressed(text).found !== null)
  const { place, flat, rest } = said
  const near = point.lat === undefined ? undefined : buildingAt(registry, point.lon, point.lat)
  const building = id ?? near?.id
  return {
    ...point,
    ...(building && { building }),
    ...(place && { place: place.slice(0, 300) }),
    flat,
    rest,
  }
}

function degrees(name: string, text: string | undefined, most: number): number {
  const value = text && /^[+-]?\d{1,3}(\.\d{1,20})?$/.test(text) ? Number(text) : Number.NaN
  if (Math.abs(value) <= most) return value
  throw new Open311Error(400, `${name} is not in degrees from -${most} to ${most}`)
}

function entranceOf(text: string | undefined): { entrance?: number } {
  if (!text) return {}
  const entrance = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (entrance >= 1 && entrance <= 500) return { entrance }
  throw new Open311Error(400, 'attribute[entrance] is not a whole number from 1 to 500')
}

function personOf(
  subjectId: string,
  request: string,
  told: Form['fields'] & { flat?: string | null; rest: string },
): SubjectRecord | undefined {
  const name = [told.last_name, told.first_name].filter(Boolean).join(' ')
  const written = [told.description, told.media_url].filter(Boolean).join('\n')
  // What was no part of the address may not make a text too long that was not.
  const room = Math.max(0, LONGEST_TEXT - written.length - 1)
  const text = [written, told.rest.slice(0, room)].filter(Boolean).join('\n')
  const record = {
    ...(name && { name }),
    ...(told.phone && { phone: told.phone }),
    ...(told.email && { email: told.email }),
    ...(told.flat && { flat: told.flat }),
    ...(text && { request, text }),
  }
  if (Object.keys(record).length === 0) return undefined
  const parsed = SubjectRecord.safeParse({ subjectId, ...record })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = { name: 'first_name and last_name', text: 'description' }[String(issue?.path[0])]
  throw new Open311Error(400, `${field ?? String(issue?.path[0])} is not right: ${issue?.message}`)
}
