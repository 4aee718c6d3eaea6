import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { DATA_MISSING } from '#test/real-data.ts'
import { createAddressIndex } from './address-index.ts'

const HOUSES = [1, 2, 15]
const KINDS: Readonly<Record<string, readonly [short: string, behind: string]>> = {
  улица: ['ул.', 'көшесі'],
  проспект: ['пр-т', 'даңғылы'],
  переулок: ['пер.', 'пер.'],
  шоссе: ['ш.', 'тас жолы'],
}

describe('streets of a Kazakh city in both languages', () => {
  const index = createAddressIndex(['Домоград'])
  const STREETS: readonly (readonly [ru: string, kk: string])[] = [
    ['ул. Сейфуллина', 'Сейфуллин көшесі'],
    ['ул. Ауэзова', 'Әуезов көшесі'],
    ['ул. Валиханова', 'Уәлиханов көшесі'],
    ['2-я ул. Садовая', '2-Бақ көшесі'],
    ['ул. Старая Площадь', 'Ескі алаң көшесі'],
    ['пр. Мира', 'Бейбітшілік даңғылы'],
  ]
  STREETS.forEach(([ru, kk], at) => {
    index.put(at, [`${ru}, 5/1`, `${kk}, 5/1`])
  })
  test.for([
    ['Әуезов көш., 5/1-үй, 12-пәтер', 1],
    ['Домоград қ., Уәлиханов көшесі, 5/1 үй', 2],
    ['екінші Бақ көшесі 5/1', 3],
    ['Бейбітшілік даң. 5/1', 5],
    ['Ауэзова улица, дом 5/1', 1],
  ] as const)('%s', ([text, building]) => expect(index.match(text).found?.building).toBe(building))
  test('Kazakh letters left out make a likeness, not a match: two words may become one', () => {
    const { found, suggestions } = index.match('Уалиханов кошеси, 5/1')
    expect([found, suggestions[0]?.building]).toEqual([null, 2])
  })
})

describe.skipIf(DATA_MISSING)('named streets of Astana', () => {
  const file = fileURLToPath(
    new URL('../../../../shared/data/map-astana/roads.geojson.gz', import.meta.url),
  )
  test('a house of each is found when its kind is short, behind the name or in Kazakh, and never another', () => {
    const { features }: { features: { properties: { name?: string } }[] } = JSON.parse(
      gunzipSync(readFileSync(file)).toString(),
    )
    const names = [...new Set(features.flatMap(({ properties }) => properties.name ?? []))]
    const streets = names.flatMap((name) => {
      const [kind = '', ...words] = name.split(' ')
      return KINDS[kind] && words.length > 0 ? [{ kind, name: words.join(' ') }] : []
    })
    const index = createAddressIndex(['Астана'])
    const houses = streets.flatMap((street) => HOUSES.map((house) => ({ ...street, house })))
    houses.forEach(({ kind, name, house }, building) => {
      index.put(building, [`${kind} ${name}, ${house}`])
    })
    const wrong: string[] = []
    let missed = 0
    for (const [building, { kind, name, house }] of houses.entries()) {
      const [short, behind] = KINDS[kind] ?? ['', '']
      const ways = [
        `${short} ${name}, д. ${house}`,
        `${name} ${behind}, ${house} үй`,
        `010000, Астана, ${name} ${kind}, ${house}, кв. 9`,
        `${kind} ${name} ${house}`.toLowerCase(),
      ]
      for (const way of ways) {
        const { found } = index.match(way)
        if (!found) missed++
        else if (found.building !== building) wrong.push(way)
      }
    }
    expect(streets.length).toBeGreaterThan(700)
    expect(wrong).toEqual([])
    expect(missed / (houses.length * 4)).toBeLessThan(0.01)
  })
})
