import { expect, test } from 'vitest'
import { createCity } from '../city.ts'
import { readEvents } from '../stories/reading.ts'

const END = Date.parse('2026-11-21T14:32:00+05:00')
const DAY = 86_400_000
const city = createCity({ preset: 'tiny', seed: 7, end: END })
const truth = city.truth() as {
  reorganized: {
    merged: { organization: string; into: string; at: number }
    renamed: { organization: string; from: string; to: string; at: number }
  }
  register: {
    late: { building: string; event: string; from: number; recordedAt: number }[]
    corrected: { building: string; wrong: string; event: string; correctedAt: number }[]
  }
}
const { all, of } = readEvents(city)

/** Who answers for a building at an instant, as far as it was known at another, from the events alone. */
function holder(building: string, validAt: number, knownAt: number): string | null {
  const known = all.filter(({ recordedAt }) => recordedAt <= knownAt)
  const struck = new Set(known.map((event) => event.type === 'building.corrected' && event.event))
  return (
    known
      .filter((event) => event.type === 'tenure.changed')
      .filter((one) => one.building === building && one.occurredAt <= validAt)
      .filter(({ id }) => !struck.has(id))
      .toSorted((a, b) => a.occurredAt - b.occurredAt)
      .at(-1)?.organization ?? null
  )
}

test('one company became part of another, which answers for all of its houses from that instant', () => {
  const { organization, into, at } = truth.reorganized.merged
  expect(of('organization.merged')).toMatchObject([{ organization, into, occurredAt: at }])
  const buildings = [...new Set(of('tenure.changed').map(({ building }) => building))]
  const held = buildings.filter((building) => holder(building, at - 1, END) === organization)
  expect(held.length).toBeGreaterThan(2)
  for (const building of held) expect(holder(building, at, END)).toBe(into)
  expect(buildings.filter((building) => holder(building, END, END) === organization)).toEqual([])
})

test('one company took another name and kept its id', () => {
  const { organization, from, to, at } = truth.reorganized.renamed
  const told = of('organization.registered').filter((one) => one.organization === organization)
  expect(told.map(({ name }) => name)).toEqual([from, to])
  expect(told[1]?.occurredAt).toBe(at)
})

test('a change of tenure that was learned weeks later is not known before, and holds from its own day', () => {
  expect(truth.register.late.length).toBeGreaterThan(0)
  for (const { building, event, from, recordedAt } of truth.register.late) {
    expect(recordedAt - from).toBeGreaterThan(7 * DAY)
    const organization = of('tenure.changed').find(({ id }) => id === event)?.organization
    expect(holder(building, from, recordedAt - 1)).not.toBe(organization)
    expect(holder(building, from, recordedAt)).toBe(organization)
  }
})

test('a wrong change of tenure stood until its correction, and never again after it', () => {
  expect(truth.register.corrected.length).toBeGreaterThan(0)
  for (const { building, wrong, event, correctedAt } of truth.register.corrected) {
    const said = (id: string) => of('tenure.changed').find((one) => one.id === id)
    expect(said(wrong)?.organization).not.toBe(said(event)?.organization)
    const from = said(wrong)?.occurredAt ?? 0
    expect(holder(building, from, correctedAt - 1)).toBe(said(wrong)?.organization)
    expect(holder(building, from, correctedAt)).toBe(said(event)?.organization)
  }
})

test('there are members of associations, lines nobody called for a year, and speakers without consent', () => {
  expect(of('organization.membership_changed').length).toBeGreaterThan(2)
  const lastCalled = new Map<string, number>()
  for (const { organization, occurredAt } of of('organization.phone_verified'))
    lastCalled.set(organization, Math.max(lastCalled.get(organization) ?? 0, occurredAt))
  expect(lastCalled.size).toBe(city.companies.length)
  const stale = [...lastCalled.values()].filter((at) => at < END - 365 * DAY)
  expect(stale.length).toBeGreaterThan(0)
  expect(stale.length).toBeLessThan(lastCalled.size / 2)
  const named = of('building.representative_named')
  expect(named.filter(({ consent }) => consent).length).toBeGreaterThan(5)
  expect(named.filter(({ consent }) => !consent).length).toBeGreaterThan(1)
  expect(of('building.registered').filter(({ cityShare }) => cityShare).length).toBeGreaterThan(10)
})
