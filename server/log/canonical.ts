import { hash } from 'node:crypto'
import type { DomainEvent } from '#server/contract/events.ts'

/** JSON with keys in code-unit order and no white space, so that equal values are equal texts. Undefined fields vanish. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const fields: string[] = []
  const record = value as Record<string, unknown>
  for (const key of Object.keys(record).sort())
    if (record[key] !== undefined)
      fields.push(`${JSON.stringify(key)}:${canonicalJson(record[key])}`)
  return `{${fields.join(',')}}`
}

/** What the log keeps of an event beside its envelope columns. */
export function bodyOf(event: DomainEvent): string {
  const { id: _id, type: _type, occurredAt: _at, source: _source, ...body } = event
  return canonicalJson(body)
}

export interface HashedColumns {
  seq: number
  id: string
  type: string
  occurredAt: number
  recordedAt: number
  source: string
  body: string
}

export const GENESIS = '0'.repeat(64)

/** SHA-256 of the previous row's hash (hex) followed by the row as one canonical JSON array. */
export function chain(previous: string, row: HashedColumns): Buffer {
  const { seq, id, type, occurredAt, recordedAt, source, body } = row
  const text = JSON.stringify([seq, id, type, occurredAt, recordedAt, source])
  return hash('sha256', `${previous}${text}${body}`, 'buffer')
}
