import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide, type Group, NEW_GROUP, type Sending, type Told } from './grouping.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const manner: Parameters<typeof decide>[2] = {
  waitMs: 30_000,
  intervalMs: 5 * MINUTE,
  repeatMs: 4 * HOUR,
  tellsOver: true,
  danger: false,
  quietUntil: null,
  muted: false,
}
const fresh = (notice: string, more: Partial<Told> = {}): Told => ({
  notice,
  ...{ over: false, acknowledged: false, toldBegin: false, toldOver: false },
  ...more,
})

/** What is sent in the course of looks; notices are told as they were sent. */
function run(
  looks: readonly { now: number; notices: readonly Told[]; how?: Partial<typeof manner> }[],
): { now: number; send: Sending }[] {
  let group: Group = NEW_GROUP
  const begun = new Set<string>()
  const ended = new Set<string>()
  return looks.flatMap(({ now, notices, how }) => {
    const all = notices
      .map((one) => ({
        ...one,
        toldBegin: begun.has(one.notice),
        toldOver: ended.has(one.notice),
      }))
      .filter((one) => !one.toldOver)
    const decision = decide(all, group, { ...manner, ...how }, now)
    group = decision.group
    const { send } = decision
    if (!send) return []
    for (const id of send.began) {
      begun.add(id)
      if (all.find((one) => one.notice === id)?.over) ended.add(id)
    }
    for (const id of send.over) ended.add(id)
    return { now, send }
  })
}

test('what is new waits for more of the same, then is told at once', () => {
  const [a, b] = [fresh('a'), fresh('b')]
  expect(
    run([
      { now: 0, notices: [a] },
      { now: 15_000, notices: [a, b] },
      { now: 30_000, notices: [a, b] },
      { now: 45_000, notices: [a, b] },
    ]),
  ).toEqual([{ now: 30_000, send: { kind: 'news', began: ['a', 'b'], over: [], standing: [] } }])
})

test('danger does not wait', () => {
  const danger = { danger: true }
  expect(run([{ now: 0, notices: [fresh('a')], how: danger }])).toHaveLength(1)
})

test('after a message the next one comes an interval later', () => {
  const a = fresh('a')
  const said = run([
    { now: 0, notices: [a] },
    { now: 30_000, notices: [a] },
    ...[60_000, 4 * MINUTE, 5 * MINUTE + 30_000].map((now) => ({ now, notices: [a, fresh('b')] })),
  ])
  expect(said.map(({ now, send }) => [now, send.began])).toEqual([
    [30_000, ['a']],
    [5 * MINUTE + 30_000, ['b']],
  ])
})

test('what nobody acknowledged is repeated; what somebody did is not', () => {
  const at = (acknowledged: boolean) =>
    run([
      { now: 0, notices: [fresh('a')] },
      { now: 30_000, notices: [fresh('a')] },
      { now: 3 * HOUR, notices: [fresh('a')] },
      { now: 4 * HOUR + 30_000, notices: [fresh('a', { acknowledged })] },
    ]).map(({ send }) => send.kind)
  expect(at(false)).toEqual(['news', 'repeat'])
  expect(at(true)).toEqual(['news'])
})

test('at night nothing is sent, and in the morning everything in one message, with what is over by then', () => {
  const night = { quietUntil: 8 * HOUR }
  const said = run([
    { now: HOUR, notices: [fresh('a')], how: night },
    { now: 2 * HOUR, notices: [fresh('a', { over: true }), fresh('b')], how: night },
    { now: 8 * HOUR, notices: [fresh('a', { over: true }), fresh('b')] },
  ])
  expect(said).toEqual([
    { now: 8 * HOUR, send: { kind: 'news', began: ['a', 'b'], over: [], standing: [] } },
  ])
})

test('what began and ended while it was muted is never told; what still stands is told after', () => {
  const muted = { muted: true }
  const all = [fresh('a', { over: true }), fresh('b')]
  expect(decide(all, NEW_GROUP, { ...manner, ...muted }, 0)).toEqual({
    ...{ group: NEW_GROUP, send: null, dropped: ['a'] },
  })
  const said = run([
    { now: 0, notices: [fresh('b')], how: muted },
    { now: HOUR, notices: [fresh('b')] },
    { now: HOUR + 30_000, notices: [fresh('b')] },
  ])
  expect(said.map(({ now }) => now)).toEqual([HOUR + 30_000])
})

test('that it is over is told to whom its beginning was told', () => {
  const said = run([
    { now: 0, notices: [fresh('a')] },
    { now: 30_000, notices: [fresh('a')] },
    { now: HOUR, notices: [fresh('a', { over: true })] },
    { now: HOUR + 30_000, notices: [fresh('a', { over: true })] },
  ])
  expect(said.map(({ send }) => [send.began, send.over])).toEqual([
    [['a'], []],
    [[], ['a']],
  ])
})

describe('whatever happens', () => {
  const anyCourse = fc.array(
    fc.record({
      seconds: fc.integer({ min: 5, max: 900 }),
      begins: fc.integer({ min: 0, max: 40 }),
      ends: fc.integer({ min: 0, max: 40 }),
      quiet: fc.boolean(),
    }),
    { minLength: 1, maxLength: 80 },
  )
  const looksOf = (
    course: readonly { seconds: number; begins: number; ends: number; quiet: boolean }[],
  ) => {
    let now = 0
    let count = 0
    const open: Told[] = []
    return [...course, ...Array(4).fill({ seconds: 900, begins: 0, ends: 0, quiet: false })].map(
      ({ seconds, begins, ends, quiet }) => {
        now += seconds * 1000
        for (const one of open.filter(({ over }) => !over).slice(0, ends)) one.over = true
        for (let i = 0; i < begins; i++) open.push(fresh(`n${count++}`))
        const how = { quietUntil: quiet ? now + 1 : null, repeatMs: null }
        return { now, notices: open.map((one) => ({ ...one })), how: how as never }
      },
    )
  }

  test('each beginning is told exactly once, and each end once', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        const looks = looksOf(course)
        const said = run(looks)
        const began = said.flatMap(({ send }) => send.began)
        expect(began.toSorted()).toEqual(
          (looks.at(-1)?.notices ?? []).map(({ notice }) => notice).toSorted(),
        )
        const over = said.flatMap(({ send }) => send.over)
        expect(new Set(over).size).toBe(over.length)
      }),
      { numRuns: 60 },
    )
  })

  test('there are never two messages within an interval, however many notices there are', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        const times = run(looksOf(course)).map(({ now }) => now)
        times.slice(1).forEach((now, i) => {
          expect(now - (times[i] ?? 0)).toBeGreaterThanOrEqual(manner.intervalMs)
        })
      }),
      { numRuns: 60 },
    )
  })
})
