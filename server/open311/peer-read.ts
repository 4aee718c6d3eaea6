import { isUtf8 } from 'node:buffer'
import { readXml } from 'hucre/xml'
import { z } from 'zod'
import { id } from '#server/contract/event-fields.ts'
import { type PeerAnswer, PeerFault } from './peer-fetch.ts'

const absent = (value: unknown) => (value === '' || value === null ? undefined : value)
const text = (most: number) =>
  z.preprocess(
    (value) => (typeof value === 'number' ? String(value) : absent(value)),
    z.string().trim().max(most).optional(),
  )
const code = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  // With the name of the peer it still is an id of ours.
  id.max(50),
)
const zoned = z.iso
  .datetime({ offset: true, error: 'is not a date and time with a zone' })
  .transform((instant) => Date.parse(instant))
const maybeZoned = z.preprocess(absent, zoned.optional())
const degrees = (most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : absent(value)),
    z.number().min(-most).max(most).optional(),
  )

/** What is taken from a request of a peer. Its free text is not read: it may be about people. */
const PeerRequest = z.object({
  service_request_id: code,
  status: z.enum(['open', 'closed']),
  service_code: code.optional(),
  service_name: text(200),
  agency_responsible: text(200),
  requested_datetime: zoned,
  updated_datetime: maybeZoned,
  expected_datetime: maybeZoned,
  address: text(1000),
  lat: degrees(90),
  long: degrees(180),
})
export type PeerRequest = z.output<typeof PeerRequest>

export interface PeerPage {
  rows: PeerRequest[]
  /** Ids of all rows, those that are not right included; a row without one has an empty id. */
  ids: string[]
  /** Rows that are not right: which, and why, without what they say. */
  refused: { id: string; why: string }[]
}

/** Rows of one answer. Throws PeerFault where the whole of it is no list of requests. */
export function readPage({ type, body }: PeerAnswer): PeerPage {
  const rows = rowsOf(type, body)
  const page: PeerPage = { rows: [], ids: [], refused: [] }
  for (const row of rows) {
    const told = typeof row === 'object' && row && 'service_request_id' in row
    const number = told ? code.safeParse(row.service_request_id).data : undefined
    page.ids.push(number ?? '')
    const parsed = PeerRequest.safeParse(row)
    if (parsed.success) page.rows.push(parsed.data)
    else {
      const [issue] = parsed.error.issues
      const why = `${issue?.path.map(String).join('.') || 'row'}: ${issue?.message ?? 'not right'}`
      page.refused.push({ id: number ?? '', why })
    }
  }
  return page
}

function rowsOf(type: string, body: Buffer): unknown[] {
  if (!isUtf8(body)) throw new PeerFault('the answer is not UTF-8')
  const content = body.toString()
  if (/(^|[/+])json$/.test(type)) {
    let value: unknown
    try {
      value = JSON.parse(content)
    } catch {
      throw new PeerFault('the answer is not JSON')
    }
    if (!Array.isArray(value)) throw new PeerFault('the answer is not a list of requests')
    return value
  }
  if (/(^|[/+])xml$/.test(type)) {
    // No entity but the five of XML is ever read; a document that declares its own is refused whole.
    if (/<!(DOCTYPE|ENTITY)/i.test(content)) throw new PeerFault('the answer declares entities')
    if (!/<service_requests[\s>/]/.test(content))
      throw new PeerFault('the answer is not a list of requests')
    try {
      return readXml(content, { rowTag: 'request', transformValue: (value) => value }).data
    } catch {
      throw new PeerFault('the answer is not well-formed XML')
    }
  }
  throw new PeerFault(`the answer is "${type.slice(0, 60)}", neither JSON nor XML`)
}
