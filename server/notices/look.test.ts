import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aRecipient, aRule } from '#test/notices.ts'
import { openProcess, T0 } from '#test/notices-process.ts'
import type { Rule } from './rule.ts'

const MINUTE = 60_000
const open = () => openProcess(':memory:')

describe('a look at what stands as it stood', () => {
  const standing = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`request:${i}`, 9]))
  const to = Array.from({ length: 10 }, (_, i) => aRecipient({ id: `to-${i}`, repeatMinutes: 60 }))
  const rules = Array.from({ length: 5 }, (_, i) =>
    aRule({ id: `r-${i}`, recipients: to.map(({ id }) => id) }),
  )
  test('reads and writes nothing of who was told, however many they are', () => {
    const city = open()
    city.have(rules, to)
    city.at(0, standing)
    let reads = 0
    const { owed } = city.notices
    city.notices.owed = (...asked) => {
      reads++
      return owed(...asked)
    }
    const changes = () => Number(city.db.prepare('SELECT total_changes() AS n').get()?.n)
    const before = changes()
    for (let minute = 1; minute < 60; minute++) city.at(minute, standing)
    expect([reads, changes() - before]).toEqual([0, 0])
    expect(city.at(60, standing).messages).toBe(50)
    expect(reads).toBe(50)
    city.close()
  })
  test('reads a storm of the night once, and again in the morning', () => {
    const city = open()
    // 12:00 and eleven hours are 23:00 in the city.
    city.have(
      rules,
      to.map((one) => ({ ...one, quiet: { from: '22:00', to: '07:00' } })),
    )
    let reads = 0
    const { owed } = city.notices
    city.notices.owed = (...asked) => {
      reads++
      return owed(...asked)
    }
    for (let i = 0; i < 40; i++)
      city.at(11 * 60 + i, Object.fromEntries(Object.entries(standing).slice(0, i + 1)))
    expect(reads).toBe(50)
    expect(city.at(19 * 60, standing).messages).toBe(50)
    expect(city.outbox.newest(T0 + 9999 * MINUTE, 99).map(({ body }) => body.began.count)).toEqual(
      Array.from({ length: 50 }, () => 40),
    )
    city.close()
  })
  test('says and keeps silent as one that reads everything', () => {
    const step = fc.record({
      minutes: fc.constantFrom(1, 2, 5, 30, 90, 300, -3),
      values: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(0, 9)),
      act: fc.constantFrom(
        ...(['', '', '', 'mute', 'unmute', 'pause', 'resume', 'take', 'give', 'own'] as const),
      ),
    })
    const rule = fc.record({ severity: fc.constantFrom('danger' as const, 'watch' as const) })
    const recipient = fc.record({
      tellsOver: fc.boolean(),
      dangerAnyway: fc.boolean(),
      waitSeconds: fc.constantFrom(0, 180),
      repeatMinutes: fc.constantFrom(0, 60),
      quiet: fc.constantFrom(null, { from: '14:00', to: '18:00' }),
    })
    fc.assert(
      fc.property(rule, recipient, fc.array(step, { maxLength: 25 }), (how, whom, steps) => {
        const told = [false, true].map((isFresh) => {
          const city = open()
          let now = aRule(how)
          city.have([now], [aRecipient(whom)])
          let minute = 0
          const turn = (more: Partial<Rule>) => {
            now = { ...now, ...more }
            city.rules.putRule(now)
          }
          const messages = steps.map(({ minutes, values, act }) => {
            minute += minutes
            if (act === 'mute') turn({ mutedUntil: T0 + (minute + 100) * MINUTE })
            if (act === 'unmute') turn({ mutedUntil: null })
            if (act === 'pause') turn({ paused: true })
            if (act === 'resume') turn({ paused: false })
            if (act === 'take') turn({ recipients: [] })
            if (act === 'give') turn({ recipients: ['to-1'] })
            if (act === 'own')
              for (const { id } of city.notices.open())
                city.notices.acknowledge(id, 'Тест', T0 + minute * MINUTE)
            if (isFresh) city.resting.clear()
            return city.at(minute, values).messages
          })
          const bodies = city.outbox
            .newest(T0 + 99_999 * MINUTE, 999)
            .map(({ kind, createdAt, body }) => [
              ...[createdAt, kind, body.began.count, body.over.count, body.standing.count],
            ])
          city.close()
          return { messages, bodies: bodies.map(String).sort() }
        })
        expect(told[0]).toEqual(told[1])
      }),
      { numRuns: 50 },
    )
  })
})

test('who is added to a rule is told of what stands, and who is taken away of nothing more', async () => {
  const city = open()
  const others = [aRecipient(), aRecipient({ id: 'to-2' })]
  city.have([aRule()], others)
  city.at(0, { city: 9 })
  city.rules.putRule(aRule({ recipients: ['to-2'] }))
  city.at(10, { city: 9 })
  city.at(20, { city: 0 })
  expect(
    city.outbox
      .newest(T0 + 60 * MINUTE, 9)
      .map(({ recipient, body }) => [recipient, body.began.count, body.over.count]),
  ).toEqual([
    ['to-2', 0, 1],
    ['to-2', 1, 0],
    ['to-1', 1, 0],
  ])
  city.close()
})

test('what began and was over while a rule was muted is never told, and what stands afterwards is', () => {
  const city = open()
  city.have([aRule({ mutedUntil: T0 + 60 * MINUTE })], [aRecipient()])
  city.at(0, { a: 9 })
  city.at(10, { a: 9, b: 9 })
  city.at(20, { a: 9, b: 0 })
  city.at(60, { a: 9 })
  expect(
    city.outbox.newest(T0 + 600 * MINUTE, 9).map(({ body }) => [body.began.count, body.over.count]),
  ).toEqual([[1, 0]])
  city.close()
})
