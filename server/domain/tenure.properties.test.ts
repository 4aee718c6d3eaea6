import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DomainEvent, Recorded } from '#server/contract/events.ts'
import { streamOf } from '#server/contract/events.ts'
import { memoryRegistry } from '#server/store/registry-memory.ts'
import { companyHistory, namedAt } from './company-history.ts'
import type { RegistryTold } from './knowledge.ts'
import {
  answeringAt,
  beliefs,
  buildingHistory,
  factsAt,
  type Held,
  throughMergers,
} from './tenure.ts'

const CASES = 20_000
const BUILDINGS = ['b-1', 'b-2']
const ORGANIZATIONS = ['north', 'south', 'east']
const KEYS = new Map(
  [
    ...BUILDINGS.map((id) => `building:${id}`),
    ...ORGANIZATIONS.map((id) => `organization:${id}`),
  ].map((stream, index) => [stream, index + 1]),
)
const keyOf = (stream: string) => KEYS.get(stream) ?? 0

const instant = fc.integer({ min: 0, max: 12 })
const building = fc.constantFrom(...BUILDINGS)
const organization = fc.constantFrom(...ORGANIZATIONS)
/** Ids of events are their places in the log; a correction may name one that comes later, or never. */
const named = fc.integer({ min: 1, max: 16 }).map((place) => `e:${place}`)
const reason = fc.constant('the contract was void')
const body = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('tenure.changed'),
      building,
      organization: fc.option(organization),
    }),
  },
  fc
    .record({
      type: fc.constant('building.registered'),
      building,
      floors: fc.integer({ min: 1, max: 3 }),
    })
    .map((told) => ({ ...told, address: { ru: `д. ${told.floors}` } })),
  fc.record({ type: fc.constant('building.removed'), building }),
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('building.corrected'),
      building,
      event: named,
      reason,
    }),
  },
  fc.record({
    type: fc.constant('organization.registered'),
    organization,
    name: fc.constantFrom('А', 'Б'),
    kind: fc.constant('uk'),
  }),
  fc.record({ type: fc.constant('organization.merged'), organization, into: organization }),
  fc.record({ type: fc.constant('organization.corrected'), organization, event: named, reason }),
)
/** Recorded in the order of the log; what happened earlier may be recorded later. */
const log = fc
  .array(fc.record({ body, occurredAt: instant, pause: fc.integer({ min: 0, max: 2 }) }), {
    maxLength: 16,
  })
  .map((told) => {
    let recordedAt = 0
    return told.map(({ body, occurredAt, pause }, index) => {
      recordedAt += pause
      const envelope = { source: 's', occurredAt, recordedAt, seq: index + 1, id: `e:${index + 1}` }
      return { ...body, ...envelope } as unknown as RegistryTold
    })
  })

/** Everything that can be asked about responsibility, at every instant. */
function answers(events: readonly RegistryTold[]) {
  const registry = memoryRegistry()
  for (const event of events) registry.apply(event, keyOf(streamOf(event as Recorded<DomainEvent>)))
  return asked(registry, Number.POSITIVE_INFINITY)
}
function asked(registry: ReturnType<typeof memoryRegistry>, knownAt: number) {
  const mergers = registry.mergers(knownAt)
  const instants = Array.from({ length: 14 }, (_, at) => at)
  return {
    buildings: BUILDINGS.map((id) => {
      const told = registry.told(keyOf(`building:${id}`))
      const history = buildingHistory(told, knownAt)
      const answering = throughMergers(history.held, mergers)
      return {
        ...history,
        answering,
        facts: instants.map((at) => factsAt(history.events, at)),
        who: instants.map((at) => answeringAt(answering, at)?.organization),
      }
    }),
    organizations: ORGANIZATIONS.map((id) => {
      const history = companyHistory(registry.told(keyOf(`organization:${id}`)), knownAt)
      return { ...history, called: instants.map((at) => namedAt(history.names, at)?.name) }
    }),
  }
}
/** The registry as questions of now read it. */
const present = (events: readonly RegistryTold[]) => {
  const registry = memoryRegistry()
  for (const event of events) registry.apply(event, keyOf(streamOf(event as Recorded<DomainEvent>)))
  return {
    buildings: [...registry.buildings()].sort((a, b) => a.key - b.key),
    organizations: [...registry.organizations()].sort((a, b) => a.key - b.key),
  }
}

describe('who answered, with two clocks', { timeout: 300_000 }, () => {
  test('known at an instant is what a registry says that was rebuilt from the log cut there', () => {
    fc.assert(
      fc.property(log, fc.integer({ min: 0, max: 32 }), (events, knownAt) => {
        const whole = memoryRegistry()
        for (const event of events)
          whole.apply(event, keyOf(streamOf(event as Recorded<DomainEvent>)))
        const cut = events.filter(({ recordedAt }) => recordedAt <= knownAt)
        expect(asked(whole, knownAt)).toEqual(answers(cut))
      }),
      { numRuns: CASES },
    )
  })

  test('order, repetition and lateness of delivery change nothing', () => {
    const delivered = log.chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
      ),
    )
    fc.assert(
      fc.property(delivered, ([events, late]) => {
        expect(answers(late)).toEqual(answers(events))
        expect(present(late)).toEqual(present(events))
      }),
      { numRuns: CASES },
    )
  })

  test('the last of the beliefs is what is known now, and none says the same as the one before', () => {
    fc.assert(
      fc.property(log, (events) => {
        const told = events.filter((event) => 'building' in event && event.building === 'b-1')
        const found = beliefs(told)
        const said = (held: readonly Held[] = []) =>
          held.map(({ organization, start, end }) => [organization, start, end])
        const now = buildingHistory(told, Number.POSITIVE_INFINITY)
        expect(said(found.at(-1)?.held)).toEqual(said(now.held))
        for (const [index, { held }] of found.entries())
          expect(said(held)).not.toEqual(said(found[index - 1]?.held))
        expect([...found].sort((a, b) => a.since - b.since)).toEqual(found)
      }),
      { numRuns: CASES },
    )
  })
})
