import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { INDICATORS, type Indicator } from '#server/contract/integrity.ts'
import { asksOf, integrityOf } from '#server/judgement/integrity.ts'
import { periodOf } from '#server/judgement/period.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import { CITY, event, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { evidence } from './evidence.ts'
import { ofOrganization, overview, told } from './integrity.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NOW = Date.parse('2026-11-21T18:00:00+05:00')
/** Local midnight. */
const START = Date.parse('2026-03-01T00:00:00+05:00')
const COUNT = 150
/** Every request has a day. */
const TERM = DAY
const LATE = new Set<string>()

/** A fraction that depends on nothing but its place. */
const fraction = (organization: number, i: number, salt: number) => {
  const x = Math.sin(organization * 127.1 + i * 311.7 + salt * 74.7) * 43_758.5453
  return x - Math.floor(x)
}

interface Habit {
  /** When it closes, as it would have closed at `closed`. */
  closes?: (closed: number, registered: number, i: number) => number
  /** Of every work; empty = of none. */
  scan?: string
  returns?: (i: number) => number[]
  duplicates?: (i: number) => boolean
  lowers?: (i: number) => boolean
  drops?: (i: number) => boolean
  silent?: true
  tellsLate?: true
}

/** A year of an organization with one house: one request every 30 hours, each third an emergency, closed within 3 to 29 hours. */
function life(organization: string, key: number, habit: Habit): DomainEvent[] {
  const building = `h-${organization}`
  const by = { actor: { party: 'organization' as const, id: `${organization}/1` } }
  const events: DomainEvent[] = [
    event('organization.registered', 0, { organization, name: organization, kind: 'uk' }),
    event('building.registered', 0, { building, address: { ru: building } }),
    event('tenure.changed', 0, { building, organization }),
  ]
  for (let i = 0; i < COUNT; i++) {
    const request = `${organization}-${i}`
    const at = START + i * 30 * HOUR + Math.floor(fraction(key, i, 0) * 240) * MINUTE
    const emergency = i % 3 === 0
    const tell = (type: DomainEvent['type'], when: number, body: object = {}) => {
      const told = event(type as 'request.closed', when, { request, ...body })
      if (habit.tellsLate) LATE.add(told.id)
      events.push(told)
    }
    tell('request.registered', at, {
      ...{ building, category: 'leak', channel: 'phone', dueAt: at + TERM },
      priority: emergency ? 'emergency' : 'ordinary',
      // Complaints, each for itself: work requests of one house and day would be one incident.
      kind: 'complaint',
    })
    if (habit.lowers?.(i) && emergency)
      tell('request.priority_changed', at + HOUR, { ...by, priority: 'ordinary' })
    if (habit.duplicates?.(i)) {
      tell('request.marked_duplicate', at + 2 * HOUR, by)
      continue
    }
    // A few are handed over around their term, as happens everywhere.
    if (habit.drops?.(i) || i % 50 === 7) {
      const when = habit.drops?.(i) ? at + TERM - 20 * MINUTE : at + TERM + HOUR
      tell('request.transferred', when, { ...by, organization: 'uk-rest' })
      tell('request.closed', when + 9 * HOUR, by)
      continue
    }
    const usual = at + Math.floor((3 + 26 * fraction(key, i, 1) ** 1.4) * 60) * MINUTE
    const closed = habit.closes?.(usual, at, i) ?? usual
    const scan = habit.scan ?? (i % 3 === 1 ? `scan-${request}` : undefined)
    tell('request.work_done', closed - MINUTE, { ...by, ...(scan && { scan }) })
    tell('request.closed', closed, by)
    let last = closed
    for (const hours of habit.returns?.(i) ?? (i % 20 === 3 ? [100] : [])) {
      tell('request.reopened', last + hours * HOUR)
      last += hours * HOUR + 5 * HOUR
      tell('request.closed', last, by)
    }
    if (!habit.silent && i % 2 === 0)
      tell('request.confirmed', last + 20 * HOUR, { actor: { party: 'resident' } })
  }
  return events
}

const midnightBefore = (at: number) => at - ((at - START) % DAY)

/** One planted case of each indicator. */
const PLANTED: Record<string, { indicator: Indicator; habit: Habit }> = {
  bare: { indicator: 'unproven', habit: { silent: true, scan: '' } },
  hasty: { indicator: 'premature', habit: { returns: (i) => (i % 3 === 1 ? [10] : []) } },
  brink: {
    indicator: 'bunching',
    habit: {
      closes: (closed, at, i) => (i % 5 < 2 ? at + TERM - (1 + (i % 50)) * MINUTE : closed),
    },
  },
  round: {
    indicator: 'heaping',
    habit: { closes: (closed) => Math.round(closed / (10 * MINUTE)) * 10 * MINUTE },
  },
  crowd: {
    indicator: 'massClosing',
    // Every two weeks, at 17:30 sharp.
    habit: {
      closes: (closed) => START + Math.ceil((closed - START) / (14 * DAY)) * 14 * DAY + 17.5 * HOUR,
    },
  },
  owl: {
    indicator: 'night',
    habit: {
      closes: (closed, _, i) => midnightBefore(closed) + DAY + (i % 5) * HOUR + (i % 59) * MINUTE,
    },
  },
  afterwards: { indicator: 'afterTheFact', habit: { tellsLate: true } },
  copier: { indicator: 'scanReuse', habit: { scan: 'scan-of-all' } },
  twin: { indicator: 'duplicateAbuse', habit: { duplicates: (i) => i % 2 === 0 } },
  circle: { indicator: 'reworkLoop', habit: { returns: (i) => (i % 2 ? [90, 90, 90] : []) } },
  calm: { indicator: 'downgrading', habit: { lowers: () => true } },
  shedder: { indicator: 'dropping', habit: { drops: (i) => i % 2 === 0 } },
}
const ORDINARY = Array.from({ length: 24 }, (_, i) => `plain-${i}`)

describe('twelve organizations with one habit each, among twenty-four that have none', () => {
  let house: TestHouse
  let asked: Map<string, Indicator[]>
  beforeAll(async () => {
    const registry = CITY.filter(({ type }) => !type.startsWith('request.'))
    const lives = [
      ...Object.entries(PLANTED).map(([name, { habit }], i) => life(name, 100 + i, habit)),
      ...ORDINARY.map((name, i) => life(name, i, {})),
    ]
    house = await openTestHouse([...registry, ...lives.flat()], {
      now: NOW,
      zone: ZONE,
      learnedAt: ({ id, occurredAt }) => occurredAt + (LATE.has(id) ? 5 * HOUR : 0),
    })
    const { findings } = await overview(house.context)
    asked = new Map()
    for (const { organization, indicator, level } of findings)
      if (level === 'ask')
        asked.set(organization.id, [...(asked.get(organization.id) ?? []), indicator])
  })
  afterAll(() => house.close())

  test.for(Object.entries(PLANTED))('%s is asked about its habit', ([name, { indicator }]) => {
    expect(asked.get(name)).toContain(indicator)
  })

  test('nobody without a habit is asked about anything', () => {
    const planted = new Set(Object.keys(PLANTED))
    expect([...asked.keys()].filter((name) => !planted.has(name))).toEqual([])
  })

  test('what is counted is what a hand counts', async () => {
    const { findings } = await ofOrganization(house.context, 'calm')
    // 50 of 150 were emergencies, all of them lowered; nobody else lowers any.
    expect(findings.find(({ indicator }) => indicator === 'downgrading')).toMatchObject({
      ...{ n: 50, observed: 50, expected: 0.5, level: 'ask' },
    })
    const copier = (await ofOrganization(house.context, 'copier')).findings
    // Three were handed over, and carry no document.
    expect(copier.find(({ indicator }) => indicator === 'scanReuse')).toMatchObject({
      ...{ n: 147, observed: 147 },
    })
  })

  test('the rows of every question are as many as its number says', async () => {
    const { engine, registry } = house.context
    const count = async (filter: Filter) => {
      const [row] = await engine.query(
        `SELECT count(*) AS n FROM request WHERE ${WITHIN_FILTER}`,
        bindFilter(filter, registry, NOW),
      )
      return row?.n
    }
    for (const [organization, indicators] of asked)
      for (const indicator of indicators) {
        const { rows, finding } = await evidence(house.context, { organization, indicator })
        const told = [organization, indicator, finding.n, finding.observed]
        expect([
          organization,
          indicator,
          await count(rows.among),
          rows.events && (await count(rows.events)),
        ]).toEqual(told)
      }
  })

  test('every planted habit has a picture, and what is drawn adds up to what is told', async () => {
    for (const [organization, { indicator }] of Object.entries(PLANTED)) {
      const { picture, finding } = await evidence(house.context, { organization, indicator })
      if (picture?.kind === 'months')
        expect(picture.months.reduce((sum, { observed }) => sum + observed, 0)).toBe(
          finding.observed,
        )
      else expect(picture).not.toBeNull()
    }
  })

  test('a burst is told with its account and opens its own requests', async () => {
    const { cases, picture } = await evidence(house.context, {
      organization: 'crowd',
      indicator: 'massClosing',
    })
    expect(cases[0]).toMatchObject({ kind: 'burst', name: '1', minutes: 1 })
    expect(picture).toMatchObject({ kind: 'day', from: 105, to: 106 })
  })

  test('an inspectorate is nobody whom an inspector asks, whatever its figures', async () => {
    const integrity = await integrityOf(house.context, periodOf(EVERYTHING, NOW, ZONE))
    const finding = integrity.findings.find(({ level }) => level === 'ask')
    const organization = finding && house.context.registry.organization(finding.unit)
    if (!finding || !organization) throw new Error('nobody is asked')
    const of = (kind: typeof organization.kind) =>
      told(
        {
          registry: { ...house.context.registry, organization: () => ({ ...organization, kind }) },
        },
        integrity,
        finding,
      )
    expect(of('uk').map(({ organization: { id } }) => id)).toEqual([organization.id])
    expect(of('inspectorate')).toEqual([])
  })

  test('who is asked about what is told by the keys of organizations, for those who judge', async () => {
    const { registry, city } = house.context
    const flags = asksOf(await integrityOf(house.context, periodOf(EVERYTHING, NOW, city.zone)))
    expect(flags.get(registry.organizationById('copier')?.key ?? 0)).toContain('scanReuse')
    expect(flags.get(registry.organizationById('plain-3')?.key ?? 0)).toBeUndefined()
  })

  test('an indicator of which an organization has nothing is refused by name', async () => {
    await expect(
      evidence(house.context, { organization: 'liftservis', indicator: 'night' }),
    ).rejects.toThrow('is not looked at by this indicator')
  })

  test('every indicator is planted, but the excess, which needs more requests', () => {
    const planted = new Set(Object.values(PLANTED).map(({ indicator }) => indicator))
    expect(INDICATORS.filter((indicator) => !planted.has(indicator))).toEqual(['excessMass'])
  })
})

test('a city of which nobody closed anything has nothing to ask', async () => {
  const house = await openTestHouse(
    CITY.filter(({ type }) => !type.startsWith('request.')),
    {
      now: NOW,
      zone: ZONE,
    },
  )
  const { findings, tested } = await overview(house.context)
  expect([findings, tested]).toEqual([[], 0])
  await house.close()
})
