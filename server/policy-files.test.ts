import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { INTEGRITY_RULES } from './contract/integrity.ts'
import { readPolicies, readPolicy } from './policy-files.ts'
import { policySightings } from './policy-sightings.ts'
import { WARNING_POLICY } from './stats/early-warnings.ts'

const SHIPPED = readFileSync(join(import.meta.dirname, 'domain/policy/domovoi.json'), 'utf8')
const changed = (changes: object) => JSON.stringify({ ...JSON.parse(SHIPPED), ...changes })

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'domovoi-policy-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const own = (name: string, text: string) => {
  mkdirSync(join(folder, 'policy'), { recursive: true })
  writeFileSync(join(folder, 'policy', name), text)
}

test('the policy that is shipped has the numbers of the method', () => {
  const [policy] = readPolicies(folder).all
  expect(policy?.levels).toEqual({
    ...{ minExpected: 10, minRequests: 100, maxOwnShare: 0.5, minExpectedForSpread: 5 },
    ...{ normalFrom: 10, trim: 0.1, zAct: 3.09, zWarn: 1.645, qAct: 0.05, quartersAbove: 3 },
    excess: { a: 1.1, b: 1.25, c: 1.1, watch: 1.05 },
    together: { measures: ['reopened', 'late'], quartersAbove: 6 },
  })
  expect(policy?.hash).toMatch(/^[0-9a-f]{64}$/)
})

test('the second policy says in data what the first left to the program, and the same numbers', () => {
  const [first, second] = readPolicies(folder).all
  expect(second?.version).toBe(2)
  expect(second?.integrity).toEqual(INTEGRITY_RULES)
  expect(second?.warning).toEqual({ ...WARNING_POLICY, lastWeeks: 5 })
  expect(second?.levels).toEqual(first?.levels)
  expect(first?.hash).toBe('eeac8898c5e3445b1765568d95cb381e679dfca1e7bf856a68e7b31a9dfe54be')
})

test('a period is judged by the last policy that held when it began; before the first nobody is flagged', () => {
  own('second.json', changed({ version: 2, publishedAt: '2026-01-10', validFrom: '2026-02-01' }))
  const { of } = readPolicies(folder)
  const found = (from: string) => {
    const { policy, inForce } = of(from)
    return [policy.version, inForce]
  }
  expect(found('2024-12-01')).toEqual([1, false])
  expect(found('2026-01-31')).toEqual([1, true])
  expect(found('2026-02-01')).toEqual([2, true])
})

test('rules that are valid from before they were published are refused', () => {
  const text = changed({ version: 3, publishedAt: '2026-03-05', validFrom: '2026-01-01' })
  expect(() => readPolicy(text, 'policy/third.json')).toThrow(
    'policy/third.json is not right: validFrom lies before publishedAt: nobody may be judged by rules that were published after the period began',
  )
})

test('a number out of its range is refused by its name', () => {
  expect(() => readPolicy(changed({ emergencyShare: 2 }), 'mine.json')).toThrow(
    'mine.json is not right: emergencyShare:',
  )
  expect(() => readPolicy('{', 'mine.json')).toThrow('mine.json is not JSON')
})

test('another number is another hash, another order of fields is not', () => {
  const hashOf = (text: string) => readPolicy(text, 'one.json').hash
  const reversed = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(SHIPPED)).reverse()))
  expect(hashOf(reversed)).toBe(hashOf(SHIPPED))
  expect(hashOf(changed({ replyWorkingDays: 11 }))).not.toBe(hashOf(SHIPPED))
})

test('a policy that was first seen after its day judges no period that began before it was seen', () => {
  const text = changed({ version: 3, publishedAt: '2025-05-01', validFrom: '2025-06-01' })
  const on = (today: string, judgedBy: ReadonlySet<string> | null = null) => {
    const asked = { dataDir: folder, today: () => today, judgedBy: () => judgedBy }
    const { all, of } = readPolicies(folder, (hashes) => policySightings(asked, hashes))
    const late = all.find(({ version }) => version === 3)?.lateOn
    return [late, of('2025-11-01').policy.version, of('2027-01-01').policy.version]
  }
  expect(on('2026-10-01')).toEqual([undefined, 1, 2])
  own('third.json', text)
  expect(on('2026-11-22')).toEqual(['2026-11-22', 1, 2])
  // It stays so; and what was there when the record was begun is taken at its word.
  expect(on('2026-12-24')).toEqual(['2026-11-22', 1, 2])
  rmSync(join(folder, 'policy-seen.json'))
  expect(on('2026-12-24')).toEqual([undefined, 3, 2])
  // But where others have judged, only those that did.
  rmSync(join(folder, 'policy-seen.json'))
  expect(on('2026-12-24', new Set(['0'.repeat(64)]))).toEqual(['2026-12-24', 1, 2])
})
