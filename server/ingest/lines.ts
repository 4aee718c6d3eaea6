import { isUtf8 } from 'node:buffer'
import { findJsonFault, findRepeatedField } from './json-fault.ts'

/** What is wrong with one event of a batch. */
export interface LineFault {
  /** Line of NDJSON, or position in a JSON array; from 1. */
  line: number
  /** Field within the event, such as `address.ru`; empty for the event as a whole. */
  path: string
  message: string
}

/** The batch cannot be read at all. */
export class BatchFault extends Error {
  readonly faults: readonly LineFault[]
  constructor(message: string, faults: readonly LineFault[] = []) {
    super(message)
    this.faults = faults
  }
}

export interface Item {
  line: number
  value: unknown
}

/** Events of a body: a JSON array, or one JSON object per line (blank lines are skipped). Throws BatchFault. */
export function itemsOf(body: Buffer): Item[] {
  const text = textOf(body)
  const start = text.search(/\S/)
  if (start < 0) throw new BatchFault('the body holds no events')
  return text[start] === '[' ? arrayItems(text) : lineItems(text)
}

function arrayItems(text: string): Item[] {
  const values = parse(text)
  if (!values.ok) {
    const before = text.slice(0, values.at)
    const line = before.split('\n').length
    const column = values.at - before.lastIndexOf('\n')
    throw malformed(line, column, values.message)
  }
  // The text starts with "[" and was parsed whole.
  const items = (values.value as unknown[]).map((value, index) => ({ line: index + 1, value }))
  if (items.length === 0) throw new BatchFault('the body holds no events')
  return items
}

function lineItems(text: string): Item[] {
  const items: Item[] = []
  for (const [index, content] of text.split('\n').entries()) {
    if (content.trim() === '') continue
    const parsed = parse(content)
    if (!parsed.ok) throw malformed(index + 1, parsed.at + 1, parsed.message)
    items.push({ line: index + 1, value: parsed.value })
  }
  return items
}

const malformed = (line: number, column: number, message: string) =>
  new BatchFault(`malformed JSON at line ${line}, column ${column}: ${message}`, [
    { line, path: '', message: `malformed JSON at column ${column}: ${message}` },
  ])

function parse(
  text: string,
): { ok: true; value: unknown } | { ok: false; at: number; message: string } {
  const { deep, fields } = survey(NESTED, text)
  if (deep >= 0) return { ok: false, at: deep, message: 'nested deeper than 16 levels' }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, ...findJsonFault(text) }
  }
  // Of two fields of one name the parser keeps the last without a word.
  return fieldsOf(value) === fields
    ? { ok: true, value }
    : { ok: false, ...findRepeatedField(text) }
}

function fieldsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = Array.isArray(value) ? 0 : Object.keys(value).length
  for (const inner of Object.values(value)) count += fieldsOf(inner)
  return count
}

/** An event nests a few levels; the parser of the language takes seconds over millions of them. */
const NESTED = 64

/** Where a text opens more brackets within each other than allowed, outside of strings (-1: it does not), and its colons there. */
function survey(most: number, text: string): { deep: number; fields: number } {
  let depth = 0
  let fields = 0
  let inString = false
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (inString) {
      if (code === BACKSLASH) i += 1
      else if (code === QUOTE) inString = false
    } else if (code === QUOTE) inString = true
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      depth += 1
      if (depth > most) return { deep: i, fields }
    } else if (code === COLON) fields += 1
    else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth -= 1
  }
  return { deep: -1, fields }
}

const COLON = 0x3a
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

function textOf(body: Buffer): string {
  if (isUtf8(body)) return new TextDecoder().decode(body)
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
  const offset = firstBadByte(body, text)
  const before = body.subarray(0, offset)
  let line = 1
  for (const byte of before) if (byte === 0x0a) line += 1
  const message = `byte ${offset + 1} of the body (${body[offset]?.toString(16)} hexadecimal) is not UTF-8; send UTF-8`
  throw new BatchFault(`wrong encoding at line ${line}: ${message}`, [{ line, path: '', message }])
}

/** The decoder writes U+FFFD for bad bytes; the first one that the body does not hold itself marks the place. */
function firstBadByte(body: Buffer, text: string): number {
  let offset = 0
  let from = 0
  for (;;) {
    const found = text.indexOf('\uFFFD', from)
    if (found < 0) return body.length
    offset += Buffer.byteLength(text.slice(from, found))
    if (body.readUIntBE(offset, Math.min(3, body.length - offset)) !== 0xefbfbd) return offset
    offset += 3
    from = found + 1
  }
}
