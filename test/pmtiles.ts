import { gzipSync } from 'node:zlib'
import { geoJSONToTile } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'

/** A PMTiles archive of version 3 with one tile, written as its specification says, of rectangles and lines in two usual layers. */
export function tinyArchive(
  z: number,
  x: number,
  y: number,
  layers: Record<string, { kind: string; ring: [number, number][] }[]>,
  attribution = '<a href="https://example.com">© Nobody</a>',
): Buffer {
  const tile = Buffer.from(
    fromGeojsonVt(
      Object.fromEntries(
        Object.entries(layers).map(([name, shapes]) => [
          name,
          geoJSONToTile(
            {
              type: 'FeatureCollection',
              features: shapes.map(({ kind, ring }) => ({
                type: 'Feature',
                properties: { kind },
                geometry:
                  kind === 'highway'
                    ? { type: 'LineString', coordinates: ring }
                    : { type: 'Polygon', coordinates: [ring] },
              })),
            },
            z,
            x,
            y,
            { maxZoom: z },
          ),
        ]),
      ),
      { version: 2, extent: 4096 },
    ),
  )
  const packed = gzipSync(tile)
  const metadata = gzipSync(
    JSON.stringify({ attribution, vector_layers: Object.keys(layers).map((id) => ({ id })) }),
  )
  // One entry: its id as a difference, its run, its length, and its offset plus one.
  const root = gzipSync(
    Buffer.from([1, ...varint(tileId(z, x, y)), 1, ...varint(packed.length), 1]),
  )
  const header = Buffer.alloc(127)
  header.write('PMTiles', 0, 'latin1')
  header[7] = 3
  const sections = [root.length, metadata.length, 0, packed.length]
  let at = header.length
  sections.forEach((length, i) => {
    header.writeBigUInt64LE(BigInt(at), 8 + 16 * i)
    header.writeBigUInt64LE(BigInt(length), 16 + 16 * i)
    at += length
  })
  for (const place of [72, 80, 88]) header.writeBigUInt64LE(1n, place)
  // Clustered; directories and tiles are gzip; tiles are MVT.
  header.set([1, 2, 2, 1, z, z], 96)
  const degrees = [-180, -85, 180, 85]
  for (const [i, value] of degrees.entries()) header.writeInt32LE(value * 1e7, 102 + 4 * i)
  return Buffer.concat([header, root, metadata, packed])
}

/** Position on the Hilbert curve of the zoom, after all tiles of lower zooms. */
function tileId(z: number, x: number, y: number): number {
  let id = (4 ** z - 1) / 3
  let [a, b] = [x, y]
  for (let s = 2 ** (z - 1); s >= 1; s /= 2) {
    const [rx, ry] = [(a & s) > 0 ? 1 : 0, (b & s) > 0 ? 1 : 0]
    id += s * s * ((3 * rx) ^ ry)
    if (ry === 0) {
      if (rx === 1) [a, b] = [s - 1 - (a & (s - 1)), s - 1 - (b & (s - 1))]
      ;[a, b] = [b, a]
    }
  }
  return id
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return [...bytes, rest]
}
