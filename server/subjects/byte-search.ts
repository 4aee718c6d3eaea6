import { createHash } from 'node:crypto'
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Bytes that may not be in a file, and what they are of; `of` never holds the value. */
export interface Pattern {
  of: string
  bytes: Buffer
}

export interface Searched {
  path: string
  bytes: number
  sha256: string
  /** What was found, how often; empty is the proof. */
  found: { of: string; times: number }[]
}

/** Fewer bytes are found by chance in any large file. */
const LEAST = 6
const CHUNK = 4 * 1024 * 1024
/** Long text lies in pieces on the pages of a database, so it is searched for in pieces too. */
const PIECE = 24
const PIECES = 40

/** UTF-8, UTF-16 and JSON's escapes of a value; empty where it is too short to prove anything. */
export function patternsOf(of: string, value: string): Pattern[] {
  const texts = new Set<string>()
  for (const text of [value, ...digitsOf(value)])
    for (const piece of piecesOf(text)) texts.add(piece)
  return [...texts].flatMap((text) => {
    const escaped = text.replaceAll(
      /[^ -~]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    const forms = [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(escaped)]
    return forms
      .filter((bytes, index) => bytes.length >= LEAST && (index < 2 || escaped !== text))
      .map((bytes) => ({ of, bytes }))
  })
}

const RAW_PIECE = 32
/** Bytes as they stood in a database, which lays a long value on several pages. */
export function rawPatterns(of: string, bytes: Buffer): Pattern[] {
  const pieces = Math.max(1, Math.floor(bytes.length / RAW_PIECE))
  return Array.from({ length: Math.min(pieces, PIECES) }, (_, index) => {
    const start = Math.floor((index * pieces) / Math.min(pieces, PIECES)) * RAW_PIECE
    return { of, bytes: bytes.subarray(start, start + RAW_PIECE) }
  })
}

/** A phone is looked for as it was written and as its bare digits, with and without the country. */
function digitsOf(value: string): string[] {
  const digits = value.replaceAll(/\D/g, '')
  return /^[+\d\s().-]+$/.test(value) && digits.length >= 7 ? [digits, digits.slice(-10)] : []
}

function piecesOf(text: string): string[] {
  if (text.length <= PIECE * 2) return [text]
  const count = Math.floor(text.length / PIECE)
  const step = Math.max(1, count / PIECES)
  const pieces: string[] = []
  for (let piece = 0; piece < count; piece += step) {
    const start = Math.floor(piece) * PIECE
    pieces.push(text.slice(start, start + PIECE))
  }
  return pieces
}

export function searchFile(path: string, patterns: readonly Pattern[]): Searched {
  const digest = createHash('sha256')
  const overlap = Math.max(1, ...patterns.map(({ bytes }) => bytes.length)) - 1
  const buffer = Buffer.alloc(CHUNK + overlap)
  const times = new Map<string, number>()
  const file = openSync(path, 'r')
  let total = 0
  let kept = 0
  try {
    for (;;) {
      const read = readSync(file, buffer, kept, CHUNK, null)
      if (read === 0) break
      digest.update(buffer.subarray(kept, kept + read))
      total += read
      const window = buffer.subarray(0, kept + read)
      for (const { of, bytes } of patterns) {
        // What ends within the kept bytes was counted with the chunk before.
        const from = Math.max(0, kept - bytes.length + 1)
        for (let at = window.indexOf(bytes, from); at >= 0; at = window.indexOf(bytes, at + 1))
          times.set(of, (times.get(of) ?? 0) + 1)
      }
      kept = Math.min(overlap, window.length)
      window.copy(buffer, 0, window.length - kept)
    }
  } finally {
    closeSync(file)
  }
  for (const [of, count] of packed(path, patterns)) times.set(of, (times.get(of) ?? 0) + count)
  const found = [...times].map(([of, count]) => ({ of, times: count }))
  return { path, bytes: total, sha256: digest.digest('hex'), found }
}

const LARGEST_UNPACKED = 256 * 1024 * 1024
/** What could not be searched proves nothing. */
const UNSEARCHED = 'an archive that is not looked into'

/** What lies packed in a file: bytes as they are do not show it. */
function packed(path: string, patterns: readonly Pattern[]): Map<string, number> {
  const found = new Map<string, number>()
  const magic = firstBytes(path)
  if (magic.startsWith('504b0304')) return found.set(UNSEARCHED, 1)
  if (!magic.startsWith('1f8b')) return found
  try {
    const bytes = gunzipSync(readFileSync(path), { maxOutputLength: LARGEST_UNPACKED })
    for (const pattern of patterns)
      if (bytes.includes(pattern.bytes)) found.set(pattern.of, (found.get(pattern.of) ?? 0) + 1)
  } catch {
    found.set(UNSEARCHED, 1)
  }
  return found
}

function firstBytes(path: string): string {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(4)
    return bytes.toString('hex', 0, readSync(file, bytes, 0, 4, 0))
  } finally {
    closeSync(file)
  }
}

/** Every file under a folder, or the file itself. */
export function filesUnder(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
