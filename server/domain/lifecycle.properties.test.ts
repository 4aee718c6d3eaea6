import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Recorded, RequestEvent } from '#server/contract/events.ts'
import { FAULT_BITS, markBit } from '#server/contract/vocabulary.ts'
import { inOrder, knownAt, LIFE } from './life-order.ts'
import { foldRequest } from './lifecycle.ts'
import type { RequestState } from './request-state.ts'

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
    priority: fc.constantFrom('ordinary', 'urgent', 'emergency'),
    kind: fc.constantFrom('complaint', 'message'),
    /** What it is a correction of: an event of the same request, itself at times, or one that never came. */
    event: fc.nat({ max: 10 }).map((index) => `t:${index}`),
    known: fc.nat({ max: 20 }),
  })
  .map(({ minute, party, late, known, ...rest }) => ({
    ...{ ...rest, request: '1', of: '2', to: '3', source: 't', actor: { party } },
    ...{ channel: 'phone', category: rest.organization, building: rest.organization },
    occurredAt: START + minute * 60_000 + (late ? 365 * 86_400_000 : 0),
    recordedAt: START + known * 60_000,
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
      expect(state.pauses.map((pause) => pause.end === null)).toEqual(
        state.pauses.map(
          (_, index) => PAUSED.includes(state.state) && open && index === state.pauses.length - 1,
        ),
      )
      let last = state.registeredAt
      for (const { start, end } of state.pauses) {
        expect(start).toBeGreaterThanOrEqual(last)
        last = end ?? start
        expect(last).toBeGreaterThanOrEqual(start)
      }
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

const PAUSED = ['deferred', 'awaiting_resident', 'awaiting_supplier']

test('what is corrected counts for nothing: the rest alone gives the same request, but for what is kept of it', () => {
  fc.assert(
    fc.property(anyTelling, ([events, telling]) => {
      const gone = new Set(
        events.flatMap((event) => (event.type === 'request.corrected' ? [event.event] : [])),
      )
      const rest = events.filter(
        (event) => event.type === 'request.corrected' || !gone.has(event.id),
      )
      fc.pre(rest.some((event) => event.type !== 'request.corrected'))
      const kept = ({ ver: _, marks: __, ...state }: RequestState) => state
      const [whole, without] = [foldRequest(telling), foldRequest(rest)]
      if (!whole || !without) throw new Error('events without a request')
      expect(kept(whole)).toEqual(kept(without))
      const corrections = markBit('unknown_event')
      expect(whole.marks & ~corrections).toBe(without.marks & ~corrections)
    }),
    CASES,
  )
})

test('as known at an instant, a request is what a log cut there tells', () => {
  fc.assert(
    fc.property(anyTelling, fc.nat({ max: 20 }), ([events, telling], minute) => {
      const instant = START + minute * 60_000
      const log = events.toSorted((a, b) => a.recordedAt - b.recordedAt)
      const after = log.findIndex((event) => event.recordedAt > instant)
      const cut = after === -1 ? log : log.slice(0, after)
      expect(foldRequest(knownAt(telling, instant))).toEqual(foldRequest(cut))
    }),
    CASES,
  )
})
