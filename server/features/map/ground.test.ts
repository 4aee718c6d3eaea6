import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PMTiles, TileType } from 'pmtiles'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CITY, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { tinyArchive } from '#test/pmtiles.ts'
import { decodeTile } from '#test/vector-tile.ts'
import { mapRoutes } from './routes.ts'

const folder = mkdtempSync(join(tmpdir(), 'domovoi-ground-'))
const path = join(folder, 'city.pmtiles')
const [Z, X, Y] = [12, 2860, 1367]
const ARCHIVE = tinyArchive(Z, X, Y, {
  water: [
    {
      kind: 'water',
      ring: [
        [71.4, 51.14],
        [71.44, 51.14],
        [71.44, 51.16],
        [71.4, 51.14],
      ],
    },
  ],
})
let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW })
})
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true })
})
const routes = () => mapRoutes(house.context.registry, { basemap: () => null, ground: path })
const groundNow = async () => (await (await routes().request('/map/geometry')).json()).ground

test('a city that names no archive has none, one whose archive is missing or broken says which', async () => {
  const none = mapRoutes(house.context.registry, { basemap: () => null, ground: null })
  expect((await (await none.request('/map/geometry')).json()).ground).toBeNull()
  expect((await none.request('/map/ground/x')).status).toBe(404)
  expect(await groundNow()).toEqual({ fault: 'missing', file: 'city.pmtiles' })
  for (const broken of [
    '',
    'PMTiles',
    'a text, and no map at all'.repeat(20),
    ARCHIVE.subarray(0, -5),
  ]) {
    writeFileSync(path, broken)
    expect(await groundNow()).toEqual({ fault: 'broken', file: 'city.pmtiles' })
  }
})

test('an archive is read by the library of its makers, part by part', async () => {
  writeFileSync(path, ARCHIVE)
  const app = routes()
  const { address } = await groundNow()
  const archive = new PMTiles({
    getKey: () => address,
    async getBytes(offset, length) {
      const range = `bytes=${offset}-${offset + length - 1}`
      const answer = await app.request(address, { headers: { range } })
      expect(answer.status).toBe(206)
      return { data: await answer.arrayBuffer() }
    },
  })
  expect((await archive.getHeader()).tileType).toBe(TileType.Mvt)
  expect(await archive.getMetadata()).toMatchObject({ vector_layers: [{ id: 'water' }] })
  const tile = await archive.getZxy(Z, X, Y)
  expect([...decodeTile(new Uint8Array(tile?.data ?? [])).keys()]).toEqual(['water'])
})

test.for([
  ['bytes=0-6', 206, 'PMTiles'],
  ['bytes=-3', 206, ARCHIVE.subarray(-3).toString('latin1')],
  ['bytes=99999999-', 416, ''],
  ['bytes=5-2', 416, ''],
  ['bytes=0-1,4-5', 200, ARCHIVE.toString('latin1')],
] as const)('a range of %s is answered with %i', async ([range, status, text]) => {
  writeFileSync(path, ARCHIVE)
  const { address } = await groundNow()
  const answer = await routes().request(address, { headers: { range } })
  expect(answer.status).toBe(status)
  expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toBe(text)
})

test('an address of another archive is told so', async () => {
  writeFileSync(path, ARCHIVE)
  expect((await routes().request('/map/ground/1-1')).status).toBe(404)
})

test('a link out of the data folder is no archive of the city, one within it is', async () => {
  const [data, elsewhere] = [join(folder, 'data'), join(folder, 'data-elsewhere')]
  mkdirSync(data)
  mkdirSync(elsewhere)
  writeFileSync(join(elsewhere, 'secret.pmtiles'), ARCHIVE)
  writeFileSync(join(data, 'city-2026.pmtiles'), ARCHIVE)
  symlinkSync(join(elsewhere, 'secret.pmtiles'), join(data, 'out.pmtiles'))
  symlinkSync('city-2026.pmtiles', join(data, 'in.pmtiles'))
  const groundOf = async (name: string) => {
    const ground = join(data, name)
    const app = mapRoutes(house.context.registry, { basemap: () => null, ground })
    const told = (await (await app.request('/map/geometry')).json()).ground
    return { app, told }
  }
  const { app, told } = await groundOf('in.pmtiles')
  expect((await app.request(told.address)).status).toBe(200)
  const out = await groundOf('out.pmtiles')
  expect(out.told).toEqual({ fault: 'missing', file: 'out.pmtiles' })
  const { size, mtimeMs } = statSync(join(elsewhere, 'secret.pmtiles'))
  const stamp = `${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}`
  expect((await out.app.request(`/map/ground/${stamp}`)).status).toBe(404)
})
