import {
  closeSync,
  createReadStream,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
} from 'node:fs'
import { basename, dirname, sep } from 'node:path'
import { Readable } from 'node:stream'
import type { Ground } from '#server/contract/geometry.ts'

export const GROUND_PATH = '/map/ground'
/** Of a PMTiles archive of version 3. */
const HEADER = 127
/** Where its header says where a section begins, each beside its length: root directory, metadata, leaf directories, tiles. */
const SECTIONS = [8, 24, 40, 56]

const looked = new Map<string, { stamp: string; ground: Ground }>()

/** The archive as the map may ask for it. Looked into again only when the file has changed. */
export function groundIn(path: string): Ground {
  const file = basename(path)
  const real = within(path)
  if (!real) return { fault: 'missing', file }
  const { found } = real
  const stamp = stampOf(found)
  const known = looked.get(path)
  if (known?.stamp === stamp) return known.ground
  const ground: Ground = isArchive(real.path, found.size)
    ? { address: `${GROUND_PATH}/${stamp}` }
    : { fault: 'broken', file }
  looked.set(path, { stamp, ground })
  return ground
}

/** The file itself; null where there is none, or where a link leads out of its folder. */
function within(path: string): { path: string; found: Stats } | null {
  try {
    const folder = realpathSync(dirname(path))
    const real = realpathSync(path)
    if (!real.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return null
    const found = lstatSync(real)
    return found.isFile() ? { path: real, found } : null
  } catch {
    return null
  }
}

const stampOf = ({ size, mtimeMs }: { size: number; mtimeMs: number }) =>
  `${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}`

/** Its first bytes are those of an archive, and everything that they speak of lies within the file. */
function isArchive(path: string, size: number): boolean {
  const header = Buffer.alloc(HEADER)
  let read = 0
  try {
    const handle = openSync(path, 'r')
    try {
      read = readSync(handle, header, 0, HEADER, 0)
    } finally {
      closeSync(handle)
    }
  } catch {
    return false
  }
  return (
    read === HEADER &&
    header.toString('latin1', 0, 7) === 'PMTiles' &&
    header[7] === 3 &&
    SECTIONS.every(
      (at) => header.readBigUInt64LE(at) + header.readBigUInt64LE(at + 8) <= BigInt(size),
    )
  )
}

/** A part of the archive, or all of it. */
export function groundAnswer(path: string, stamp: string, { headers }: Request): Response {
  const real = within(path)
  if (!real || stampOf(real.found) !== stamp)
    return Response.json(
      { message: 'the basemap is another one now; ask for /map/geometry' },
      { status: 404 },
    )
  const { size } = real.found
  const common = {
    'accept-ranges': 'bytes',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'application/octet-stream',
    etag: `"${stamp}"`,
  }
  const range = rangeOf(headers.get('range'), size)
  if (range === 'unsatisfiable')
    return new Response(null, {
      status: 416,
      headers: { ...common, 'content-range': `bytes */${size}` },
    })
  const { start, end } = range ?? { start: 0, end: size - 1 }
  const body = Readable.toWeb(createReadStream(real.path, { start, end })) as ReadableStream
  return new Response(body, {
    status: range ? 206 : 200,
    headers: {
      ...common,
      'content-length': String(end - start + 1),
      ...(range && { 'content-range': `bytes ${start}-${end}/${size}` }),
    },
  })
}

/** Inclusive, as the header says it; null where the header is none or of several parts, which may be answered with all. */
function rangeOf(header: string | null, size: number) {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return null
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last))
  return start > end || start >= size ? 'unsatisfiable' : { start, end }
}
