import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { City } from './config.ts'
import { readNorms } from './norm-files.ts'

const CITY: City = {
  name: { ru: 'Тест' },
  zone: 'Asia/Almaty',
  languages: ['ru'],
  centre: [71, 51],
}
const NORM = {
  id: 'quick',
  name: { ru: 'Быстро' },
  start: 'registered',
  end: 'closed',
  duration: { amount: 2, unit: 'hour' },
  calendar: 'calendar',
  validFrom: null,
  validTo: null,
  citations: [{ title: { ru: 'Приказ' }, seen: 'source' }],
  verified: null,
}
const PACK = {
  type: 'pack',
  id: 'own',
  name: { ru: 'Свой' },
  jurisdiction: 'KZ',
  region: null,
  calendar: 'kz',
}
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'domovoi-norms-'))
  mkdirSync(join(folder, 'norms'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const write = (content: object) =>
  writeFileSync(join(folder, 'norms', 'own.json'), JSON.stringify(content))
const fault = (city: Partial<City> = {}) => {
  try {
    readNorms(folder, { ...CITY, norms: ['own'], ...city })
  } catch (cause) {
    return (cause as Error).message.replaceAll(folder, 'DATA')
  }
  return undefined
}

test('a pack of the data folder stands beside the shipped ones', () => {
  write({ ...PACK, norms: [NORM] })
  const { packs } = readNorms(folder, { ...CITY, norms: ['own', 'kz'] })
  expect(packs.map(({ id }) => id)).toEqual(['own', 'kz'])
})

test('a file that an editor began with a byte order mark is read', () => {
  writeFileSync(
    join(folder, 'norms', 'own.json'),
    `\ufeff${JSON.stringify({ ...PACK, norms: [NORM] })}`,
  )
  expect(fault()).toBeUndefined()
})

test('a mistake is told with its file, row and field', () => {
  write({ ...PACK, norms: [NORM, { ...NORM, id: 'odd', duration: { amount: 2, unit: 'weeks' } }] })
  expect(fault()).toMatch(
    /^DATA\/norms\/own\.json is not right: norms, row 2 \("odd"\), duration\.unit: /,
  )
})

test('two versions of one norm in force on one day are a mistake, two that follow each other are not', () => {
  const until = { ...NORM, validTo: '2026-01-01' }
  write({ ...PACK, norms: [until, { ...NORM, validFrom: '2025-12-31' }] })
  expect(fault()).toContain('norms, row 2 ("quick"), validFrom: "quick" of row 1 is in force')
  write({ ...PACK, norms: [until, { ...NORM, validFrom: '2026-01-01' }] })
  expect(fault()).toBeUndefined()
})

test('a city that names what is not there is told what there is', () => {
  expect(fault()).toContain('no norm pack "own"; there are domograd, kz, ru, test')
  write({ ...PACK, norms: [NORM], calendar: 'mars' })
  expect(fault()).toContain('calendar: no calendar "mars"; there are kz, ru')
  expect(fault({ norms: ['ru'], normStarts: { 'ru/eliminated': 'called' } })).toContain(
    '"called" is not one of its starts: registered, accident',
  )
})
