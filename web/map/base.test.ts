import { expect, test } from 'vitest'
import { baseIn, widest } from './base.ts'

test('a name of water stands inside it, where it is widest', () => {
  // A pond from 0 to 10 with a bay of double height between 4 and 6.
  const pond: [number, number][] = [
    [0, 0],
    [10, 0],
    [10, 1],
    [6, 1],
    [6, 2],
    [4, 2],
    [4, 1],
    [0, 1],
    [0, 0],
  ]
  const [x = 0, y] = widest(pond, null) ?? []
  expect(x).toBeGreaterThan(4)
  expect(x).toBeLessThan(6)
  expect(y).toBe(1)
})

test('a river that runs on beyond the city is named within it', () => {
  const river: [number, number][] = [
    [0, 0],
    [100, 0],
    [100, 9],
    [90, 9],
    [60, 1],
    [0, 1],
    [0, 0],
  ]
  const [x = 0] = widest(river, [10, -5, 50, 5]) ?? []
  expect(x).toBeGreaterThan(10)
  expect(x).toBeLessThan(50)
  expect(widest(river, [200, -5, 250, 5])).toBeNull()
})

test('names are told in the language of the page, in another where that one is missing', () => {
  const { features } = baseIn(
    'kk',
    {
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [0, 0] },
          properties: { kind: 'landmark', name: { ru: 'ТЭЦ-2', kk: 'ЖЭО-2' } },
        },
        {
          type: 'Feature',
          geometry: {
            type: 'LineString',
            coordinates: [
              [0, 0],
              [1, 1],
            ],
          },
          properties: { kind: 'road', rank: 1, name: { ru: 'пр. Мира' } },
        },
      ],
    },
    null,
  )
  expect(features.map(({ properties }) => properties)).toEqual([
    { kind: 'landmark', name: 'ЖЭО-2' },
    { kind: 'road', rank: 1, name: 'пр. Мира' },
  ])
})
