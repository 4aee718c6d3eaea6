import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Recorded, RequestEvent } from '#server/contract/events.ts'
import { FAULT_BITS } from '#server/contract/vocabulary.ts'
import { inOrder, LIFE } from './life-order.ts'
import { foldRequest } from './lifecycle.ts'

const CASES = { numRuns: 20_000 }
const START = Date.parse('2026-02-01T08:00:00Z')

/** Any event of a request; few distinct instants, so that many are of one instant. */
const anyEvent = fc
  .record({
    type: fc.constantFrom(...LIFE),
    minute: fc.integer({ min: -3, max: 12 }),
    organization: fc.constantFrom('a', 'b'),
    party: fc.constantFrom('system', 'resident', 'organization'),
    late: fc.boolean(),
  })
  .map(({ type, minute, organization, party, late }) => ({
    ...{ type, organization, request: '1', of: '2', source: 't', actor: { party } },
    ...{ channel: 'phone', priority: 'ordinary', kind: 'complaint' },
    occurredAt: START + minute * 60_000 + (late ? 365 * 86_400_000 : 0),
    recordedAt: START + 3_600_000,
  }))
const anyEvents = fc
  .array(anyEvent, { minLength: 1, maxLength: 9 })
  .map((events) =>
    events.map(
      (event, index) =>
        ({ ...event, id: `t:${index}`, seq: index + 1 }) as unknown as Recorded<RequestEvent>,
    ),
  )
/** The same events, some of them more than once, in any order. */
const anyTelling = anyEvents.chain((events) =>
  fc.tuple(fc.subarray(events), fc.subarray(events)).chain(([twice, thrice]) =>
    fc.tuple(
      fc.constant(events),
      fc.shuffledSubarray([...events, ...twice, ...thrice], {
        minLength: events.length + twice.length + thrice.length,
      }),
    ),
  ),
)

test('any order and duplication of the same events gives the same request', () => {
  fc.assert(
    fc.property(anyTelling, ([events, telling]) => {
      expect(foldRequest(telling)).toEqual(foldRequest(events))
    }),
    CASES,
  )
})

test('any splitting into portions gives the same request', () => {
  fc.assert(
    fc.property(anyTelling, fc.nat(), ([events, telling], cut) => {
      const at = cut % telling.length
      const [earlier, later] = [telling.slice(0, at), telling.slice(at)]
      expect(foldRequest([...inOrder(later), ...inOrder(earlier)])).toEqual(foldRequest(events))
    }),
    CASES,
  )
})

test('whatever is told, a request is open or closed once, and its spells say the same', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const state = foldRequest(events)
      if (!state) throw new Error('events without a request')
      const open = state.outcome === 'open'
      expect(state.closedAt === null).toBe(open)
      expect(state.ver).toBe(events.length)
      expect(state.spells.map((spell) => spell.end === null)).toEqual(
        state.spells.map((_, index) => open && index === state.spells.length - 1),
      )
      expect(state.spells.at(-1)?.reason).toBe(state.outcome)
      expect(state.spells.filter((spell) => spell.reason === 'transferred')).toHaveLength(
        state.transfers,
      )
      expect(state.firstReopenedAt === null).toBe(state.reopenings === 0)
      if (state.firstReopenedAt !== null)
        expect(state.firstClosedAt).toBeLessThanOrEqual(state.firstReopenedAt)
      if (state.closedAt !== null && (state.marks & FAULT_BITS) === 0)
        expect(state.closedAt).toBeGreaterThanOrEqual(state.registeredAt)
    }),
    CASES,
  )
})
