import { describe, expect, test } from 'vitest'
import { companyHistory, namedAt } from './company-history.ts'
import { ALL_KNOWN, type RegistryTold } from './knowledge.ts'
import {
  answeringAt,
  beliefs,
  buildingHistory,
  factsAt,
  successorAt,
  throughMergers,
} from './tenure.ts'

let seq = 0
/** Happened at the first instant, recorded at the second. */
const told = (occurredAt: number, recordedAt: number, body: object) =>
  ({
    ...{ source: 's', occurredAt, recordedAt, seq: ++seq, id: `e:${seq}`, building: 'b' },
    ...body,
  }) as unknown as RegistryTold
const tenure = (organization: string | null, more: object = {}) => ({
  type: 'tenure.changed',
  organization,
  ...more,
})
const who = (events: RegistryTold[], asOf: number, knownAt = ALL_KNOWN) =>
  answeringAt(buildingHistory(events, knownAt).held, asOf)?.organization

describe('a building', () => {
  const first = told(10, 11, tenure('north'))
  const late = told(20, 50, tenure('south'))

  test('was answered for by who is now known to have, and was believed to be by another', () => {
    expect([who([first, late], 30), who([first, late], 30, 40)]).toEqual(['south', 'north'])
    expect(who([first, late], 9)).toBeUndefined()
    expect(beliefs([first, late]).map(({ since, held }) => [since, held.length])).toEqual([
      [11, 1],
      [50, 2],
    ])
  })

  test('a correction takes away what was wrong from the start, from when it is recorded', () => {
    const { id } = late
    const correction = told(60, 61, { type: 'building.corrected', event: id, reason: 'void' })
    const events = [first, late, correction]
    expect([who(events, 30), who(events, 30, 60)]).toEqual(['north', 'south'])
    const { corrected, unknown } = buildingHistory(events, ALL_KNOWN)
    expect(corrected.map(({ event, by }) => [event.id, by.id])).toEqual([[id, correction.id]])
    expect(unknown).toEqual([])
  })

  test('a correction of what nobody has told is kept, and told as such', () => {
    const nothing = told(60, 61, { type: 'building.corrected', event: 'nope', reason: 'void' })
    expect(buildingHistory([first, nothing], ALL_KNOWN).unknown).toEqual([nothing])
    expect(who([first, nothing], 30)).toBe('north')
  })

  test('a fact holds since the first registration that says it without a break', () => {
    const says = (floors: number | undefined) => ({
      type: 'building.registered',
      floors,
      address: {},
    })
    const events = [
      told(1, 1, says(5)),
      told(2, 2, says(undefined)),
      told(3, 3, says(5)),
      told(4, 9, says(6)),
    ]
    const at = (asOf: number, knownAt = ALL_KNOWN) =>
      factsAt(buildingHistory(events, knownAt).events, asOf).map(({ value, since }) => [
        value,
        since,
      ])
    expect([at(3), at(4), at(4, 8), at(0)]).toEqual([[[5, 1]], [[6, 4]], [[5, 1]], []])
  })

  test('is spoken for by those who have not left, with or without consent', () => {
    const named = {
      type: 'building.representative_named',
      subjectId: 'p',
      role: 'chair',
      consent: false,
    }
    const events = [
      told(1, 1, named),
      told(5, 5, { ...named, consent: true }),
      told(9, 9, { type: 'building.representative_left', subjectId: 'p' }),
    ]
    expect(
      buildingHistory(events, ALL_KNOWN).representatives.map(({ start, end, consent }) => [
        start,
        end,
        consent,
      ]),
    ).toEqual([
      [1, 5, false],
      [5, 9, true],
    ])
  })
})

describe('a merger', () => {
  const merged = new Map([
    ['north', { into: 'south', at: 30 }],
    ['south', { into: 'east', at: 40 }],
  ])
  const mergers = (id: string) => merged.get(id)
  const spans = (events: RegistryTold[]) =>
    throughMergers(buildingHistory(events, ALL_KNOWN).held, mergers).map(
      ({ organization, start, end, merger }) => [organization, start, end, merger],
    )

  test('lets the successor answer from its day on, and is no new contract', () => {
    expect(spans([told(10, 10, tenure('north')), told(50, 50, tenure('west'))])).toEqual([
      ['north', 10, 30, false],
      ['south', 30, 40, true],
      ['east', 40, 50, true],
      ['west', 50, null, false],
    ])
  })

  test('a contract told later with the organization that is no more is its successor’s from the start', () => {
    expect(spans([told(35, 35, tenure('north')), told(45, 45, tenure('north'))])).toEqual([
      ['south', 35, 40, false],
      ['east', 40, 45, true],
      ['east', 45, null, false],
    ])
    expect([29, 30, 40].map((at) => successorAt('north', at, mergers))).toEqual([
      'north',
      'south',
      'east',
    ])
  })

  test('of two into each other ends where it began', () => {
    const each = (id: string) => ({ into: id === 'north' ? 'south' : 'north', at: 30 })
    expect(successorAt('north', 50, each)).toBe('south')
    const [held] = [buildingHistory([told(10, 10, tenure('north'))], ALL_KNOWN).held]
    expect(throughMergers(held, each).map(({ organization }) => organization)).toEqual([
      'north',
      'south',
    ])
  })
})

test('an organization keeps the name it bore, and the memberships it had', () => {
  const registered = (name: string) => ({
    type: 'organization.registered',
    organization: 'o',
    name,
    kind: 'uk',
  })
  const member = (body: string | null) => ({
    type: 'organization.membership_changed',
    organization: 'o',
    body,
  })
  const events = [
    told(1, 1, registered('Ромашка')),
    told(2, 2, registered('Ромашка')),
    told(9, 20, registered('Василёк')),
    told(3, 3, member('СРО «Дом»')),
    told(7, 7, member(null)),
    told(4, 4, {
      type: 'organization.phone_verified',
      organization: 'o',
      phone: '112',
      purpose: 'emergency',
    }),
  ]
  const { names, memberships, phones } = companyHistory(events, ALL_KNOWN)
  expect(names.map(({ name, start, end }) => [name, start, end])).toEqual([
    ['Ромашка', 1, 9],
    ['Василёк', 9, null],
  ])
  expect([0, 5, 9].map((at) => namedAt(names, at)?.name)).toEqual(['Ромашка', 'Ромашка', 'Василёк'])
  expect(namedAt(companyHistory(events, 19).names, 15)?.name).toBe('Ромашка')
  expect(memberships.map(({ body, start, end }) => [body, start, end])).toEqual([
    ['СРО «Дом»', 3, 7],
  ])
  expect(phones).toEqual([{ phone: '112', purpose: 'emergency', verifiedAt: 4 }])
})
