import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CITY, event, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { decodeTile } from '#test/vector-tile.ts'
import { mapRoutes } from './routes.ts'
import { mercatorX, mercatorY } from './shapes.ts'

const YARD: [number, number][][] = [
  [
    [71.43, 51.13],
    [71.432, 51.13],
    [71.432, 51.132],
    [71.43, 51.132],
    [71.43, 51.13],
  ],
  [
    [71.4305, 51.1305],
    [71.4315, 51.1305],
    [71.4315, 51.1315],
    [71.4305, 51.1315],
    [71.4305, 51.1305],
  ],
]

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(
    [
      ...CITY,
      event('building.registered', NOW, {
        building: 'yard',
        address: { ru: 'с двором' },
        outline: YARD,
      }),
      event('building.registered', NOW, {
        building: 'point',
        address: { ru: 'точка' },
        lon: 71.4301,
        lat: 51.1301,
      }),
    ],
    { now: NOW },
  )
})
afterAll(() => house.close())

const routes = () => mapRoutes(house.context.registry, { basemap: () => null, ground: null })
const address = async (app = routes()) =>
  (await (await app.request('/map/geometry')).json()).tiles as string
const tileOf = (template: string, z: number, lon: number, lat: number) =>
  template
    .replace('{z}', String(z))
    .replace('{x}', String(Math.floor(mercatorX(lon) * 2 ** z)))
    .replace('{y}', String(Math.floor(mercatorY(lat) * 2 ** z)))
const ask = async (app: ReturnType<typeof routes>, path: string) => {
  const answer = await app.request(path)
  return decodeTile(new Uint8Array(await answer.arrayBuffer()))
}
const key = (id: string) => house.context.registry.buildingById(id)?.key ?? -1

test('a tile has the outline of a building with its courtyard where it is, by the key of the building', async () => {
  const app = routes()
  const z = 14
  const layers = await ask(app, tileOf(await address(app), z, 71.431, 51.131))
  const yard = layers.get('outlines')?.features.find(({ id }) => id === key('yard'))
  const extent = layers.get('outlines')?.extent ?? 0
  const [x0, y0] = [mercatorX(71.431), mercatorY(51.131)].map((v) => Math.floor(v * 2 ** z))
  const corner = ([lon, lat]: [number, number]) => [
    expect.closeTo((mercatorX(lon) * 2 ** z - (x0 ?? 0)) * extent, -0.5),
    expect.closeTo((mercatorY(lat) * 2 ** z - (y0 ?? 0)) * extent, -0.5),
  ]
  expect(yard?.rings).toHaveLength(2)
  const corners = (ring: readonly (readonly number[])[] = []) =>
    [...ring.slice(0, 4)]
      .map(([x = 0, y = 0]) => [x, y])
      .sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d)
  const wanted = [...(YARD[1] ?? [])].slice(0, 4).sort(([a, b], [c, d]) => a - c || d - b)
  expect(corners(yard?.rings[1])).toEqual(wanted.map(corner))
  // An outer ring runs the other way round than its hole.
  const area = (ring: readonly (readonly [number, number])[] = []) =>
    ring.slice(1).reduce((sum, [x, y], i) => {
      const [px, py] = ring[i] ?? [0, 0]
      return sum + px * y - x * py
    }, 0)
  expect(Math.sign(area(yard?.rings[0]))).toBe(1)
  expect(Math.sign(area(yard?.rings[1]))).toBe(-1)
})

test('every building has one point, and only those without a footprint say that they are bare', async () => {
  const app = routes()
  const layers = await ask(app, tileOf(await address(app), 6, 71.43, 51.13))
  const points = layers.get('points')?.features ?? []
  const placed = [...house.context.registry.buildings()].filter(
    ({ lon, outline }) => lon ?? outline,
  )
  expect(points.map(({ id }) => id).sort()).toEqual(placed.map(({ key }) => key).sort())
  expect(points.filter(({ tags }) => tags.includes('bare')).map(({ id }) => id)).toEqual([
    key('point'),
  ])
})

test('the address is kept for ever and stays while no shape changes; a shape that changes has another', async () => {
  const app = routes()
  const first = await address(app)
  const path = tileOf(first, 12, 71.43, 51.13)
  const answer = await app.request(path, { headers: { 'accept-encoding': 'gzip' } })
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  const tag = answer.headers.get('etag') ?? ''
  expect(gunzipSync(await answer.arrayBuffer()).length).toBeGreaterThan(0)
  expect((await app.request(path, { headers: { 'if-none-match': tag } })).status).toBe(304)

  await house.append([event('tenure.changed', NOW, { building: 'yard', organization: 'sadovoe' })])
  expect(await address(app)).toBe(first)

  await house.append([
    event('building.registered', NOW + 1, {
      building: 'new',
      address: { ru: 'новый' },
      lon: 71.43,
      lat: 51.13,
    }),
  ])
  expect(await address(app)).not.toBe(first)
  const old = await app.request(path)
  expect(old.headers.get('cache-control')).toBe('no-cache')
  const ids = decodeTile(new Uint8Array(await old.arrayBuffer())).get('points')?.features
  expect(ids?.map(({ id }) => id)).toContain(key('new'))
})

test('where nothing stands a tile is empty, and what is no tile is refused', async () => {
  const app = routes()
  const template = await address(app)
  const empty = await app.request(tileOf(template, 12, -120, -30))
  expect([empty.status, (await empty.arrayBuffer()).byteLength]).toEqual([200, 0])
  for (const path of ['15/0/0', '1/2/0', '1/0/-1', 'x/0/0', '1/0/1.5', '01/1e3/0'])
    expect((await app.request(template.replace('{z}/{x}/{y}', path))).status).toBe(404)
})
