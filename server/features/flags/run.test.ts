import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import type { DomainEvent, Recorded } from '#server/contract/events.ts'
import { EVERYTHING } from '#server/contract/filter.ts'
import { comparison } from '#server/features/organizations/compare.ts'
import { flagEvents, standings } from '#server/judgement/flag-book.ts'
import { evaluateAt } from '#server/judgement/kept.ts'
import { event, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { LEAKY_CITY, LEAKY_NOW, leaks } from '#test/leaky-city.ts'
import { courseOf, standingOf } from './course.ts'
import { canonicalDossier, dossierHash } from './dossier.ts'
import { servedDossier } from './dossier-serve.ts'
import { findingsOf } from './findings.ts'
import { flag, flags, raised } from './flags.ts'
import { replay } from './replay.ts'
import { evaluateMonths, expectMonths, factsOf, forgetMonths } from './run.ts'
import { monthlyPeriod, monthNumber } from './story.ts'
import { toldOf } from './told.ts'

let house: TestHouse
afterEach(() => house.close())
const open = async (events: readonly DomainEvent[] = LEAKY_CITY, now = LEAKY_NOW) => {
  house = await openTestHouse(events, { now, zone: ZONE })
  return house.context
}
const FLAG = 'reopened.sever'

test('what is met is proposed, and issued when it is met again at the next month', async () => {
  const context = await open()
  expect(await evaluateMonths(context)).toEqual({
    months: ['2026-08', '2026-09', '2026-10'],
    ...{ proposed: [FLAG], issued: [FLAG], withdrawn: [], refused: [] },
  })
  const cut = (day: string) => Date.parse(`${day}T00:00:00+05:00`)
  expect(courseOf(context, FLAG).map((step) => [step.kind, step.at])).toEqual([
    ['proposed', cut('2026-09-15')],
    ['issued', cut('2026-10-15')],
  ])
  expect(await flag(context, FLAG)).toMatchObject({
    ...{ status: 'issued', proposed: '2026-08', issued: '2026-09', level: 'inspect' },
  })
})

test('while a month that is due waits for its evaluation, flags say that it is being counted', async () => {
  const context = await open()
  expect((await flags(context)).counted).toBeNull()
  expectMonths(context)
  expect((await flags(context)).counted).toBe('2026-10')
  expect((await flag(context, FLAG)).counted).toBe('2026-10')
  await evaluateMonths(context)
  expect((await flags(context)).counted).toBeNull()
  forgetMonths(context)
})

test('what was told after its time says so, and names no day of reply that was over before', async () => {
  const context = await open()
  await evaluateMonths(context)
  const told = courseOf(context, FLAG).flatMap((step) => ('dossier' in step ? [step] : []))
  expect(told.map(({ afterwards }) => afterwards)).toEqual([true, true])
  const text = context.judging.evidence.read(told[0]?.dossier ?? '')
  expect(text).toContain('ответить в срок организация не могла')
  expect(text).not.toContain('вправе ответить до')
})

test('the same night twice changes nothing', async () => {
  const context = await open()
  await evaluateMonths(context)
  const { log } = context
  const last = log.lastSeq()
  expect((await evaluateMonths(context)).months).toEqual([])
  expect(log.lastSeq()).toBe(last)
})

test('a flag is proven from the log: the same tables, the same dossier, byte for byte', async () => {
  const context = await open()
  await evaluateMonths(context)
  await house.settle()
  const told = standingOf(courseOf(context, FLAG))
  expect(await replay(context, FLAG)).toMatchObject({
    ...{ step: 'issued', month: '2026-09', head: told?.head, dossier: told?.dossier, faults: [] },
  })
})

test('a flag that was frozen in an earlier form is proven in that form', async () => {
  const context = await open()
  await evaluateMonths(context)
  await house.settle()
  const said = standingOf(courseOf(context, FLAG))
  const month = monthNumber('2026-09')
  const known = await evaluateAt(context, monthlyPeriod(month, ZONE))
  const evaluation = { ...known.evaluation, head: said?.head ?? 0 }
  const found = findingsOf(context, evaluation, new Map()).find(
    ({ finding }) => finding.flag === FLAG,
  )
  if (!found) throw new Error('nothing is found')
  const told = { evaluation, tables: known.tables, month, afterwards: true }
  const facts = await factsOf(context, told, found, 'issued')
  expect(dossierHash(facts)).toBe(said?.dossier)

  const fourth = dossierHash(facts, 4)
  const rewritten = (event: Recorded): Recorded =>
    event.type === 'flag.issued' ? { ...event, dossier: fourth } : event
  const log = { ...context.log, registry: () => [...context.log.registry()].map(rewritten) }
  expect(await replay({ ...context, log }, FLAG)).toMatchObject({
    ...{ dossier: fourth, file: 'missing', restored: true, faults: [] },
  })
  expect(context.judging.evidence.read(fourth)).toBe(canonicalDossier(facts, 4))
})

test('a correction that comes after the freeze changes neither the flag nor its proof, and is seen in the figures of a later night', async () => {
  const context = await open()
  await evaluateMonths(context)
  const told = standingOf(courseOf(context, FLAG))
  const before = context.judging.evidence.read(told?.dossier ?? '')
  const { figures } = await flag(context, FLAG)
  // It is told late that nine more of its leaks came back a day after they were closed.
  const closed = LEAKY_CITY.filter((one) => one.type === 'request.closed')
  const late = [1, 4, 7, 10, 13, 16, 19, 22, 25].flatMap((i) => {
    const first = closed.find((one) => 'request' in one && one.request === `s-1-${i}`)
    const at = (first?.occurredAt ?? 0) + 86_400_000
    return [event('request.reopened', at, { request: `s-1-${i}` })]
  })
  await house.append(late)
  expect(context.judging.evidence.read(told?.dossier ?? '')).toBe(before)
  expect((await flag(context, FLAG)).figures).toEqual(figures)
  expect((await replay(context, FLAG)).faults).toEqual([])
  const tomorrow = { ...context, now: () => LEAKY_NOW + 86_400_000 }
  expect((await flag(tomorrow, FLAG)).figures).toMatchObject({ n: 150, observed: 60 })
})

test('a changed or lost dossier on disk is never shown as the frozen one, and its proof restores it', async () => {
  const context = await open()
  await evaluateMonths(context)
  await house.settle()
  const hash = standingOf(courseOf(context, FLAG))?.dossier ?? ''
  const file = house.path(`evidence/${hash}.json`)
  const right = readFileSync(file, 'utf8')
  const faults: string[] = []
  const told = { ...context, report: (_: string, cause: unknown) => void faults.push(`${cause}`) }

  for (const spoil of [right.replace('Северный', 'Южный'), '{', '']) {
    writeFileSync(file, spoil)
    const { dossier, ...served } = await servedDossier(told, FLAG, 'en')
    expect(served).toMatchObject({ frozen: false, lost: 'damaged' })
    expect(served.hash).not.toBe(hash)
    expect(JSON.stringify(dossier.notice)).toContain(`domovoi flags replay ${FLAG} restores it`)
  }
  expect(faults[0]).toContain(`the frozen dossier ${hash} of "${FLAG}" is damaged`)
  expect(await replay(context, FLAG)).toMatchObject({ file: 'damaged', restored: true, faults: [] })
  expect(readFileSync(file, 'utf8')).toBe(right)
  expect(await servedDossier(context, FLAG, 'en')).toMatchObject({ frozen: true, lost: null, hash })

  rmSync(file)
  expect(await servedDossier(told, FLAG, 'en')).toMatchObject({ frozen: false, lost: 'missing' })
})

test('a tampered policy is told by the proof', async () => {
  const context = await open()
  await evaluateMonths(context)
  const [policy] = context.judging.policies.all
  if (!policy) throw new Error('no policy')
  const others = [{ ...policy, hash: '0'.repeat(64) }]
  const judging = { ...context.judging, policies: { ...context.judging.policies, all: others } }
  const { faults } = await replay({ ...context, judging }, FLAG)
  expect(faults[0]).toContain('is not the one of that time')
})

test('a policy that was rewritten under its version judges nobody more', async () => {
  const context = await open()
  await evaluateMonths(context)
  const last = context.log.lastSeq()
  const { policies } = context.judging
  const rewritten = {
    all: policies.all,
    of: (from: string) => {
      const { policy, inForce } = policies.of(from)
      return { policy: { ...policy, hash: '0'.repeat(64) }, inForce }
    },
  }
  const judging = { ...context.judging, policies: rewritten }
  const nextMonth = () => LEAKY_NOW + 31 * 86_400_000
  await expect(evaluateMonths({ ...context, judging, now: nextMonth })).rejects.toThrow(
    /^policy 1 was rewritten: .* Nothing was evaluated$/,
  )
  expect(context.log.lastSeq()).toBe(last)
  expect((await evaluateMonths({ ...context, now: nextMonth })).months).toEqual(['2026-11'])
})

test('an inspector withdraws it, and it stands no more', async () => {
  const context = await open()
  await evaluateMonths(context)
  const standing = () => standings(flagEvents(context.log), context.judging.policies)
  expect(standing().get(FLAG)?.inspect?.state).toBe('issued')
  await house.append([
    event('flag.decided', LEAKY_NOW, {
      ...{ flag: FLAG, organization: 'sever', decision: 'withdrawn', reason: 'акты проверены' },
    }),
  ])
  expect(standing().has(FLAG)).toBe(false)
  const withdrawn = { at: LEAKY_NOW, by: 'inspector', reason: 'акты проверены' }
  const shown = { now: 'inspect', level: 'watch', status: null, withdrawn }
  expect(await flag(context, FLAG)).toMatchObject({ ...shown, figures: { n: 150 } })
  expect((await flags(context)).flags[0]).toMatchObject({ id: FLAG, ...shown })
  expect(await raised(context)).toMatchObject({ inspect: 0, raised: 1 })
  const { units } = await comparison(context, 'reopened', EVERYTHING)
  expect(units.find(({ id }) => id === 'sever')?.level).toBe('watch')

  // The next month proposes it anew, and what was decided before is said of it no more.
  await evaluateMonths({ ...context, now: () => LEAKY_NOW + 31 * 86_400_000 })
  expect(standing().get(FLAG)?.inspect?.state).toBe('proposed')
  expect(await flag(context, FLAG)).toMatchObject({ level: 'inspect', withdrawn: null })
  expect(toldOf(context)).toEqual({ answered: [], withdrawn: [] })
})

test('what one house carries is a matter of the house, and its organization is only watched', async () => {
  const others = LEAKY_CITY.filter((one) => !('request' in one && one.request.startsWith('s-')))
  const [one, two] = [leaks('s-1', 100, 2), leaks('s-2', 100, 12)]
  const context = await open([...others, ...one, ...two])
  expect(await flag(context, FLAG)).toMatchObject({ level: 'watch', driven: 'building' })
  expect((await evaluateMonths(context)).proposed).toEqual([])
})

test('nobody is flagged by rules that came after the year began', async () => {
  const context = await open()
  const { policies } = context.judging
  const late = {
    ...policies,
    of: (from: string) => ({ policy: policies.of(from).policy, inForce: false }),
  }
  const run = await evaluateMonths({ ...context, judging: { ...context.judging, policies: late } })
  expect(run).toMatchObject({ months: [], proposed: [] })
  expect(run.refused[0]).toMatch(/^2026-08: its year began on 2025-09-01, before any policy held/)
})
