import { describe, expect, test } from 'vitest'
import { type Chance, chanceFrom } from './random.ts'
import { type Cases, spaceTimeScan } from './space-time-scan.ts'

function scanned(cases: Cases, seed = 1, options: Parameters<typeof spaceTimeScan>[2] = {}) {
  const scan = spaceTimeScan(cases, chanceFrom(seed), options)
  for (;;) {
    const { done, value } = scan.next()
    if (done) return value
  }
}
const top = (cases: Cases) => scanned(cases, 1, { replicates: 1 })[0]

/** Places 300 m apart, `side` in a row. */
const square = (side: number) =>
  Array.from({ length: side * side }, (_, i) => ({
    x: 0.3 * (i % side),
    y: 0.3 * Math.floor(i / side),
  }))

/** Cases whose days have nothing to do with their places; the first places and the first days have more. */
function nullWorld(chance: Chance, { side = 5, days = 8, cases = 60 } = {}): Cases {
  const some = (most: number) => Math.floor(chance() ** 1.5 * most)
  return {
    places: square(side),
    days,
    place: Array.from({ length: cases }, () => some(side * side)),
    day: Array.from({ length: cases }, () => some(days)),
  }
}

/** A quiet month with twelve cases more in three neighbours on two days. */
function planted(): Cases {
  const world = nullWorld(chanceFrom(11), { side: 10, days: 28, cases: 400 })
  const more = Array.from({ length: 12 }, (_, i) => i)
  return {
    ...world,
    place: [...world.place, ...more.map((i) => [55, 56, 65][i % 3] ?? 0)],
    day: [...world.day, ...more.map((i) => 20 + (i % 2))],
  }
}

describe('two places ten kilometres apart, with four cases each', () => {
  const cases: Cases = {
    places: [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
    ],
    days: 4,
    place: [0, 0, 0, 0, 1, 1, 1, 1],
    day: [0, 0, 0, 1, 1, 2, 2, 3],
  }
  // e = cases of the place × cases of the days / all; c ln(c/e) + (C − c) ln((C − c)/(C − e)).
  const ratioOf = (c: number, e: number) =>
    c <= e ? 0 : c * Math.log(c / e) + (8 - c) * Math.log((8 - c) / (8 - e))

  test('the first day of the first place is most likely: 3 where 4 × 3 / 8 are expected', () => {
    const [first] = scanned(cases)
    expect(first).toMatchObject({ places: [0], from: 0, to: 1, observed: 3, expected: 1.5 })
    expect(first?.ratio).toBeCloseTo(3 * Math.log(3 / 1.5) + 5 * Math.log(5 / 6.5), 12)
  })

  test('its p is the share of the 70 ways to deal the days that have as large a ratio somewhere', () => {
    const windows = [1, 2].flatMap((length) =>
      [0, 1, 2, 3].filter((from) => from + length <= 4).map((from) => [from, from + length]),
    )
    const largest = (mine: number[]) =>
      Math.max(
        ...windows.flatMap(([from = 0, to = 0]) => {
          const within = (days: readonly number[]) =>
            days.filter((day) => day >= from && day < to).length
          const [c, e] = [within(mine), (4 * within(cases.day)) / 8]
          return [ratioOf(c, e), ratioOf(within(cases.day) - c, e)]
        }),
      )
    const deals = Array.from({ length: 256 }, (_, bits) =>
      cases.day.filter((_, i) => bits & (1 << i)),
    ).filter(({ length }) => length === 4)
    expect(deals).toHaveLength(70)
    const observed = largest([0, 0, 0, 1])
    const exact = deals.filter((mine) => largest(mine) >= observed - 1e-12).length / 70
    expect(Math.abs((scanned(cases)[0]?.p ?? 0) - exact)).toBeLessThan(0.05)
  })
})

test('the largest ratio is that of all cylinders looked at one by one', () => {
  const { places, days, place, day } = nullWorld(chanceFrom(5))
  let largest = 0
  for (const middle of places)
    for (const radius of [0, 0.3, 0.6, 1])
      for (let from = 0; from < days; from++)
        for (let to = from + 1; to <= Math.min(days, from + days / 2); to++) {
          const near = place.map((one) => {
            const { x, y } = places[one] ?? middle
            return Math.hypot(x - middle.x, y - middle.y) <= radius + 1e-9
          })
          const now = day.map((one) => one >= from && one < to)
          const count = (is: (i: number) => boolean | undefined) =>
            place.filter((_, i) => is(i)).length
          const total = count((i) => near[i])
          const c = count((i) => near[i] && now[i])
          const e = (total * count((i) => now[i])) / 60
          if (total > 30 || c < 2 || c <= e) continue
          largest = Math.max(
            largest,
            c * Math.log(c / e) + (60 - c) * Math.log((60 - c) / (60 - e)),
          )
        }
  expect(top({ places, days, place, day })?.ratio).toBeCloseTo(largest, 9)
})

describe('a month with a cluster', () => {
  const found = scanned(planted())
  test('shows it first, and no replicate has its like', () => {
    expect(found[0]).toMatchObject({ from: 20, to: 22, p: 0.001 })
    expect(found[0]?.places).toEqual(expect.arrayContaining([55, 56, 65]))
    expect(found[0]?.observed).toBeGreaterThanOrEqual(12)
    expect(found[0]?.expected).toBeLessThan(4)
  })
  test('shows no place twice on the same day', () => {
    const cells = found.flatMap(({ places, from, to }) =>
      places.flatMap((place) =>
        Array.from({ length: to - from }, (_, day) => `${place} ${from + day}`),
      ),
    )
    expect(found.length).toBeGreaterThan(3)
    expect(new Set(cells).size).toBe(cells.length)
  })
  test('is the same from the same seed, and only rare ones are left where those are asked for', () => {
    expect(scanned(planted())).toEqual(found)
    expect(scanned(planted(), 1, { rare: 0.05 })).toEqual(found.filter(({ p }) => p <= 0.05))
  })
})

describe('what is no cluster', () => {
  test('a place that always calls much, and a day on which everybody does', () => {
    const [place, day]: [number[], number[]] = [[], []]
    for (let at = 0; at < 25; at++)
      for (let on = 0; on < 8; on++)
        for (let n = 0; n < (at === 7 ? 4 : 1) * (on === 3 ? 5 : 1); n++) {
          place.push(at)
          day.push(on)
        }
    expect(scanned({ places: square(5), days: 8, place, day })).toEqual([])
  })
  test('one case, one place, one day, nothing', () => {
    const one = { places: square(2), days: 8, place: [0], day: [3] }
    expect(scanned(one)).toEqual([])
    expect(scanned({ ...one, place: [], day: [] })).toEqual([])
    expect(scanned({ ...one, place: [1, 1, 1], day: [0, 4, 4] })).toEqual([])
    expect(scanned({ ...one, place: [0, 1, 2], day: [4, 4, 4] })).toEqual([])
  })
})

test('where nothing clusters, p is as often below a value as the value says', () => {
  const worlds = Array.from({ length: 300 }, (_, seed) => nullWorld(chanceFrom(seed + 1)))
  const ps = worlds.map((world, seed) => scanned(world, seed, { replicates: 39 })[0]?.p ?? 1)
  const share = (most: number) => ps.filter((p) => p <= most).length / ps.length
  for (const most of [0.1, 0.25, 0.5, 0.75])
    expect(Math.abs(share(most) - most)).toBeLessThan(3.5 * Math.sqrt((most * (1 - most)) / 300))
})

describe('what must follow from a change of the input', () => {
  const world = planted()
  const figures = (cases: Cases) => {
    const { from = 0, to = 0, observed = 0, expected = 0, ratio = 0 } = top(cases) ?? {}
    return { length: to - from, from, observed, expected, ratio }
  }
  const before = figures(world)
  const close = (value: number) => expect.closeTo(value, 9)
  test('every case twice: twice the counts and twice the ratio', () => {
    const { place, day } = world
    expect(figures({ ...world, place: [...place, ...place], day: [...day, ...day] })).toEqual({
      ...before,
      observed: 2 * before.observed,
      expected: close(2 * before.expected),
      ratio: close(2 * before.ratio),
    })
  })
  test('other names for the places, or the city elsewhere: the same', () => {
    const last = world.places.length - 1
    const renamed = {
      ...world,
      places: world.places.map(({ x, y }) => ({ x: x + 40, y: y - 7 })).reverse(),
      place: world.place.map((place) => last - place),
    }
    expect(figures(renamed)).toEqual(before)
  })
  test('three days later: the same, three days later', () => {
    const later = { ...world, days: world.days + 3, day: world.day.map((day) => day + 3) }
    expect(figures(later)).toEqual({ ...before, from: before.from + 3 })
  })
})
