import { promisify } from 'node:util'
import { gunzipSync, gzip } from 'node:zlib'
import type { Shapes } from './shapes.ts'
import { LAST_ZOOM, tileOf } from './tiles.ts'

/** Packed tiles that are kept, in bytes; the ones asked for longest ago go first. */
const KEPT = 24 * 1024 * 1024
const A_YEAR = 'public, max-age=31536000, immutable'

/** Where a tile is; the version of the shapes is part of the address, so that browsers may keep it for ever. */
export const tileAddress = (version: string) => `/map/tiles/${version}/{z}/{x}/{y}`

interface Named {
  version: string
  z: string
  x: string
  y: string
}

/** Answers with tiles made on demand. One of an older version is answered with what stands now, and not kept by the browser. */
export function keptTiles() {
  const kept = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()
  let bytes = 0
  let version = ''

  async function packed(shapes: Shapes, z: number, x: number, y: number) {
    if (shapes.version !== version) {
      kept.clear()
      bytes = 0
      version = shapes.version
    }
    const name = `${z}/${x}/${y}`
    const known = kept.get(name)
    if (known) {
      kept.delete(name)
      kept.set(name, known)
      return known
    }
    const made = promisify(gzip)(tileOf(shapes, z, x, y), { level: 5 }).then(
      (tile) => new Uint8Array(tile),
    )
    kept.set(name, made)
    const tile = await made
    if (kept.get(name) !== made) return tile
    bytes += tile.length
    for (const [oldest, other] of kept) {
      if (bytes <= KEPT || oldest === name) break
      kept.delete(oldest)
      bytes -= (await other).length
    }
    return tile
  }

  return async (shapes: Shapes, named: Named, { headers }: Request): Promise<Response> => {
    const [z, x, y] = [named.z, named.x, named.y].map((text) =>
      /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN,
    )
    if (z === undefined || x === undefined || y === undefined || !isTile(z, x, y))
      return Response.json(
        { message: `a tile is /z/x/y with z of 0 to ${LAST_ZOOM}, and x and y of that zoom` },
        { status: 404 },
      )
    const tile = await packed(shapes, z, x, y)
    const current = named.version === shapes.version
    const common = {
      'content-type': 'application/vnd.mapbox-vector-tile',
      'cache-control': current ? A_YEAR : 'no-cache',
      etag: `"${shapes.version}-${z}-${x}-${y}"`,
      vary: 'accept-encoding',
    }
    if (headers.get('if-none-match')?.includes(common.etag))
      return new Response(null, { status: 304, headers: common })
    return /\bgzip\b/.test(headers.get('accept-encoding') ?? '')
      ? new Response(tile, { headers: { ...common, 'content-encoding': 'gzip' } })
      : new Response(new Uint8Array(gunzipSync(tile)), { headers: common })
  }
}

const isTile = (z: number, x: number, y: number) =>
  z <= LAST_ZOOM && x < 2 ** z && y < 2 ** z && Number.isInteger(z + x + y)
