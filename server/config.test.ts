import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type City, ensureCity, readCity, readConfig } from './config.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const ALMATY: City = {
  name: { ru: 'Алматы' },
  zone: 'Asia/Almaty',
  languages: ['kk', 'ru', 'en'],
  centre: [76.9, 43.2],
}

test('an empty environment means loopback, port 8080, the folder data and the demo city', () => {
  expect(readConfig({ HOST: '' })).toEqual({
    dataDir: join(process.cwd(), 'data'),
    port: 8080,
    host: '127.0.0.1',
    allowedHosts: [],
    streamsPerAddress: null,
    now: null,
    key: null,
    demo: 'demo',
    role: 'official',
    notices: { smtpUrl: null, smtpFrom: null, telegramToken: null, publicUrl: null },
  })
})

test('DOMOVOI_NOW pins the clock and needs an offset', () => {
  expect(readConfig({ DOMOVOI_NOW: '2016-01-12T22:22:00-05:00' }).now).toBe(
    Date.UTC(2016, 0, 13, 3, 22),
  )
  expect(() => readConfig({ DOMOVOI_NOW: '2016-01-12 22:22' })).toThrow(
    /DOMOVOI_NOW: not an instant with an offset/,
  )
})

test('other names of the server are listed with commas or spaces', () => {
  expect(readConfig({ ALLOWED_HOSTS: 'domovoi.city.example, 10.0.0.5' }).allowedHosts).toEqual([
    'domovoi.city.example',
    '10.0.0.5',
  ])
})

test.for([
  ['ALLOWED_HOSTS', 'https://city.example:8080'],
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['STREAMS_PER_ADDRESS', '0'],
  ['STREAMS_PER_ADDRESS', 'many'],
  ['DOMOVOI_KEY', 'short'],
  ['DOMOVOI_DEMO', 'village'],
  ['DOMOVOI_ROLE', 'admin'],
] as const)('a wrong %s is named: %s', ([setting, value]) => {
  expect(() => readConfig({ [setting]: value })).toThrow(setting)
})

test('the first city of a folder stands', () => {
  expect(readCity(folder)).toBeUndefined()
  expect(ensureCity(folder, ALMATY)).toEqual(ALMATY)
  expect(ensureCity(folder, { ...ALMATY, zone: 'Europe/Moscow' })).toEqual(ALMATY)
})

test('a damaged city.json says what is wrong and where', () => {
  writeFileSync(join(folder, 'city.json'), '{"name":')
  expect(() => readCity(folder)).toThrow(/city\.json cannot be read/)
  writeFileSync(join(folder, 'city.json'), JSON.stringify({ ...ALMATY, zone: 'Mars/Olympus' }))
  expect(() => readCity(folder)).toThrow(/zone: not an IANA time zone/)
})
