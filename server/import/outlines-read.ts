import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { ImportRefusal } from './refusal.ts'

/** A feature as the file has it, from 1; `fault` where it is no JSON object. */
export interface ReadFeature {
  row: number
  value: Record<string, unknown> | null
  fault: string
}

/** A larger feature is not read: an outline of thousands of corners takes some hundred kilobytes. */
const MOST_BYTES = 4 * 1024 * 1024
/** Brackets within brackets of one feature; an outline has five. */
const MOST_DEPTH = 40
const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c]
const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d]

export interface FeatureFile {
  sha256: string
  /** Bytes on the disk. */
  size: number
}

/**
 * Reads the features of a GeoJSON FeatureCollection, plain or gzip, one by one: no more of the file is held than one of them. What is
 * not JSON in one feature leaves the others whole. Throws ImportRefusal where the file is no such collection, or is cut off.
 */
export async function* featuresOf(
  file: string,
  onRead: (bytes: number) => void,
): AsyncGenerator<ReadFeature[], FeatureFile> {
  const sha = createHash('sha256')
  let size = 0
  const splitter = createSplitter(file)
  for await (const chunk of await bytesOf(file, sha, (bytes) => {
    size += bytes
    onRead(size)
  })) {
    const found = splitter.push(chunk as Buffer)
    if (found.length > 0) yield found
  }
  splitter.end()
  return { sha256: sha.digest('hex'), size }
}

async function bytesOf(file: string, sha: Hash, count: (bytes: number) => void) {
  const handle = await open(file)
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
  await handle.close()
  const raw = createReadStream(file, { highWaterMark: 256 * 1024 })
  raw.on('data', (chunk) => {
    sha.update(chunk)
    count(chunk.length)
  })
  if (buffer[0] !== 0x1f || buffer[1] !== 0x8b) return raw
  const unpacked = createGunzip()
  raw.on('error', (cause) => unpacked.destroy(cause))
  return archive(raw.pipe(unpacked), file)
}

async function* archive(unpacked: Readable, file: string) {
  try {
    yield* unpacked
  } catch (cause) {
    throw new ImportRefusal(`${file} is a broken archive: ${(cause as Error).message}`, { cause })
  }
}

/** Follows braces, brackets and strings of the bytes; signs of several bytes never hold one of them. */
function createSplitter(file: string) {
  let row = 0
  let depth = 0
  let inString = false
  let escaped = false
  /** The last string of the outermost object, which before a colon is a key. */
  let word: number[] = []
  let key = ''
  let seen = false
  let ended = false
  let inFeatures = false
  let inFeature = false
  /** Something between two commas that is no object. */
  let other = false
  let parts: Buffer[] = []
  let held = 0
  let tooDeep = false

  function push(chunk: Buffer): ReadFeature[] {
    const found: ReadFeature[] = []
    let from = 0
    const take = (to: number) => {
      held += to - from
      if (held <= MOST_BYTES && !tooDeep) parts.push(chunk.subarray(from, to))
    }
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0
      if (inString) {
        if (escaped) escaped = false
        else if (byte === BACKSLASH) escaped = true
        else if (byte === QUOTE) inString = false
        else if (depth === 1 && word.length < 64) word.push(byte)
        continue
      }
      if (byte <= 0x20) continue
      if (byte === QUOTE) {
        inString = true
        if (depth === 1) word = []
        other ||= inFeatures && depth === 2
      } else if (byte === OPEN || byte === OPEN_LIST) {
        if (depth === 0 && byte === OPEN_LIST) refuse('is a list')
        depth++
        if (depth === 2 && byte === OPEN_LIST && key === 'features') {
          inFeatures = true
          seen = true
        } else if (depth === 3 && inFeatures && byte === OPEN) {
          inFeature = true
          from = i
          parts = []
          held = 0
          tooDeep = false
        } else if (inFeature && !tooDeep && depth > 2 + MOST_DEPTH) {
          tooDeep = true
          parts = []
        } else if (depth === 3 && inFeatures) other = true
      } else if (byte === CLOSE || byte === CLOSE_LIST) {
        depth--
        if (depth < 0) refuse('closes more brackets than it opens')
        if (depth === 2 && inFeature) {
          take(i + 1)
          inFeature = false
          found.push(parsed())
        } else if (depth === 1 && inFeatures) {
          if (other) found.push(noObject())
          inFeatures = false
        } else if (depth === 0) ended = true
      } else if (byte === COLON && depth === 1) key = Buffer.from(word).toString('utf8')
      else if (byte === COMMA) {
        if (depth === 2 && inFeatures && other) found.push(noObject())
        if (depth === 1) key = ''
      } else if (depth === 0 && !isMark(byte)) refuse('does not begin with {')
      else if (depth === 2 && inFeatures) other = true
    }
    if (inFeature) take(chunk.length)
    return found
  }

  function parsed(): ReadFeature {
    row++
    if (held > MOST_BYTES) return { row, value: null, fault: 'is larger than 4 MB; not read' }
    if (tooDeep)
      return { row, value: null, fault: `is nested more than ${MOST_DEPTH} deep; not read` }
    try {
      const value = JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>
      return { row, value, fault: '' }
    } catch (cause) {
      const said = cause instanceof Error ? cause.message : ''
      return { row, value: null, fault: `is no JSON: ${said.slice(0, 120)}` }
    }
  }

  function noObject(): ReadFeature {
    other = false
    row++
    return { row, value: null, fault: 'is no object' }
  }

  function refuse(why: string): never {
    throw new ImportRefusal(
      `${file} ${why}; a GeoJSON file of outlines is one object: {"type": "FeatureCollection", "features": [ … ]}`,
    )
  }

  return {
    push,
    end() {
      if (!seen) refuse('has no "features"')
      if (!ended)
        throw new ImportRefusal(
          `${file} ends in the middle, after ${row} features: it was cut off; nothing was stored`,
        )
    },
  }
}

/** Bytes of the mark that some programs write before UTF-8. */
const isMark = (byte: number) => byte === 0xef || byte === 0xbb || byte === 0xbf
