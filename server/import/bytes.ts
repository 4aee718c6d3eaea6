import { isAscii } from 'node:buffer'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { ImportRefusal } from './refusal.ts'

export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1251',
  'koi8-r',
  'ibm866',
  'iso-8859-5',
  'windows-1252',
] as const
export type Encoding = (typeof ENCODINGS)[number]

/** What the bytes of a file are, found by reading it once to its end. */
export interface Probe {
  /** Of the file as it lies on the disk, hex. */
  sha256: string
  /** Of the file as it lies on the disk: what progress counts. */
  size: number
  gzip: boolean
  encoding: Encoding
  /** Some bytes are not of the encoding; they become U+FFFD. */
  damaged: boolean
  /** The beginning, decoded. */
  sample: string
}

const SAMPLE = 65_536
/** Below this share of well-formed letters a file that is not UTF-8 throughout is not damaged UTF-8 but something else. */
const MOSTLY = 0.9

/**
 * Reads the file once and tells what it is: packed or not, and in which encoding. A byte order mark decides; then zero
 * bytes in every second place (UTF-16); then UTF-8, if the file is valid or nearly valid UTF-8; what remains is
 * windows-1251. Throws ImportRefusal for a broken archive or a file that is no text.
 */
export async function probe(
  file: string,
  forced?: Encoding,
  mostBytes = Number.POSITIVE_INFINITY,
): Promise<Probe> {
  const magic = await firstBytes(file)
  const gzip = magic[0] === 0x1f && magic[1] === 0x8b
  const sha = createHash('sha256')
  let size = 0
  let unpackedSize = 0
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let valid = true
  const letters = letterCount()
  const head: Buffer[] = []
  let held = 0
  for await (const chunk of unpacked(file, gzip, (raw) => {
    sha.update(raw)
    size += raw.length
  })) {
    unpackedSize += chunk.length
    if (unpackedSize > mostBytes)
      throw new ImportRefusal(
        `the file unpacks to more than ${Math.floor(mostBytes / 1024 / 1024)} MB; split it, or use \`domovoi import\``,
      )
    if (held < SAMPLE) {
      head.push(chunk)
      held += chunk.length
    }
    valid &&= decodes(utf8, chunk)
    letters.add(chunk)
  }
  valid &&= decodes(utf8)
  const start = Buffer.concat(head).subarray(0, SAMPLE)
  refuseNoText(start)
  const encoding = forced ?? detect(start, valid, letters.wellFormedShare())
  return {
    sha256: sha.digest('hex'),
    size,
    gzip,
    encoding,
    damaged: encoding === 'utf-8' && !valid,
    sample: new TextDecoder(encoding).decode(start, { stream: true }),
  }
}

/** The text of the file as UTF-8 bytes; `onRead` hears of every byte taken from the disk. */
export async function* utf8Of(
  file: string,
  { gzip, encoding }: Pick<Probe, 'gzip' | 'encoding'>,
  onRead: (raw: Buffer) => void,
): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') yield* unpacked(file, gzip, onRead)
  else {
    const decoder = new TextDecoder(encoding)
    for await (const chunk of unpacked(file, gzip, onRead))
      yield Buffer.from(decoder.decode(chunk, { stream: true }))
    yield Buffer.from(decoder.decode())
  }
}

/** A ZIP archive, as an XLSX workbook is one. */
export async function isZip(file: string): Promise<boolean> {
  return (await firstBytes(file)).toString('latin1') === 'PK'
}

async function firstBytes(file: string): Promise<Buffer> {
  try {
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    const why = (cause as Error).message.replaceAll(file, basename(file))
    throw new ImportRefusal(`${basename(file)} cannot be read: ${why}`, { cause })
  }
}

async function* unpacked(
  file: string,
  gzip: boolean,
  onRead: (raw: Buffer) => void,
): AsyncGenerator<Buffer> {
  const raw = createReadStream(file, { highWaterMark: 65_536 })
  raw.on('data', (chunk) => onRead(chunk as Buffer))
  // A listener of its own, so that a fault reaches the loop below and nobody else.
  const bytes: Readable = gzip ? pipeline(raw, createGunzip(), () => {}) : raw
  let read = 0
  try {
    for await (const chunk of bytes) {
      read += (chunk as Buffer).length
      yield chunk as Buffer
    }
  } catch (cause) {
    if (cause instanceof ImportRefusal) throw cause
    throw new ImportRefusal(
      `${basename(file)} is broken after ${read} ${gzip ? 'unpacked ' : ''}bytes (${(cause as Error).message}); get it again from its source`,
      { cause },
    )
  } finally {
    raw.destroy()
  }
}

const decodes = (decoder: TextDecoder, chunk?: Buffer) => {
  try {
    if (chunk) decoder.decode(chunk, { stream: true })
    else decoder.decode()
    return true
  } catch {
    return false
  }
}

function detect(start: Buffer, valid: boolean, share: number): Encoding {
  const [a, b] = start
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  const looked = start.subarray(0, 4096)
  const zeros = [0, 0]
  for (const [index, byte] of looked.entries())
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const many = looked.length / 8
  const [even = 0, odd = 0] = zeros
  if (odd > many && odd > even * 4) return 'utf-16le'
  if (even > many && even > odd * 4) return 'utf-16be'
  return valid || share >= MOSTLY ? 'utf-8' : 'windows-1251'
}

/** Counts bytes above 127, and how many of them stand in well-formed UTF-8 sequences. */
function letterCount() {
  let high = 0
  let formed = 0
  let missing = 0
  let length = 0
  return {
    add(chunk: Buffer) {
      if (missing === 0 && isAscii(chunk)) return
      for (const byte of chunk) {
        if (missing > 0 && (byte & 0xc0) === 0x80) {
          high++
          missing--
          if (missing === 0) formed += length
          continue
        }
        missing = 0
        if (byte < 0x80) continue
        high++
        length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 0
        missing = Math.max(0, length - 1)
      }
    },
    wellFormedShare: () => (high === 0 ? 1 : formed / high),
  }
}

const NO_TEXT: readonly (readonly [start: string, is: string])[] = [
  ['PK\u0003\u0004', 'a ZIP or XLSX file; open it and save it as CSV'],
  ['%PDF', 'a PDF, which is not a table'],
  ['\u0089PNG', 'a picture (PNG), which is not a table'],
  ['\u00ff\u00d8\u00ff', 'a picture (JPEG), which is not a table'],
  ['GIF8', 'a picture (GIF), which is not a table'],
  [
    '\u00d0\u00cf\u0011\u00e0',
    'an old Excel or Word file, or one with a password; open it and save it as XLSX or CSV',
  ],
]

function refuseNoText(start: Buffer) {
  if (start.length === 0) throw new ImportRefusal('the file is empty')
  for (const [magic, is] of NO_TEXT)
    if (start.subarray(0, magic.length).toString('latin1') === magic)
      throw new ImportRefusal(`this is not CSV but ${is}`)
}
