import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readSources, sourcesReader } from '#server/open311/sources.ts'
import { secret } from '#test/webhooks.ts'
import { addSecret, readSettings } from './settings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const file = () => join(folder, 'sources.json')

test('a new secret stands before the one that was, and the one before that is gone', () => {
  const [first, second, third] = [secret(), secret(), secret()]
  for (const one of [first, second, third]) addSecret(folder, 'dispatch', one)
  expect(readSettings(folder).webhooks).toEqual([
    { kind: 'webhook', name: 'dispatch', secrets: [third, second] },
  ])
  expect(statSync(file()).mode & 0o777).toBe(0o600)
})

test('what others wrote into the file stays, and they can read it', () => {
  const peer = { kind: 'open311', name: 'boston', url: 'https://311.example.org/v2' }
  writeFileSync(file(), JSON.stringify({ jurisdiction: 'x.kz', sources: [peer] }))
  addSecret(folder, 'dispatch', secret())
  expect(readSources(folder)).toMatchObject({ jurisdiction: 'x.kz', peers: [{ name: 'boston' }] })
  expect([...readSettings(folder).kinds]).toEqual([
    ['boston', ['open311']],
    ['dispatch', ['webhook']],
  ])
})

test.for([
  ['no JSON', '{"secrets":"whsec_hidden'],
  ['a secret of another form', '{"sources":[{"kind":"webhook","name":"a","secrets":["hidden"]}]}'],
] as const)('%s is refused by the name of the file, and no secret is told', ([, text]) => {
  writeFileSync(file(), text)
  expect(() => readSettings(folder)).toThrow(/sources\.json is not/)
  expect(() => readSettings(folder)).not.toThrow(/hidden/)
  expect(readFileSync(file(), 'utf8')).toBe(text)
})

test('of a line that is not right the others stand, and it is told with its field', () => {
  const key = { kind: 'open311-key', name: 'crm', sha256: 'a'.repeat(64) }
  writeFileSync(file(), JSON.stringify({ sources: [key, { kind: 'open311', name: 'x' }] }))
  expect(readSources(folder)).toMatchObject({
    ...{ keys: [key], peers: [] },
    fault: expect.stringMatching(/^sources\.json is not right: sources\[1\] \(open311\): url: /),
  })
})

test('while the file is no JSON, what was read last stands, and the fault is reported once', () => {
  const key = { kind: 'open311-key', name: 'crm', sha256: 'a'.repeat(64) }
  writeFileSync(file(), JSON.stringify({ sources: [key] }))
  const reported: unknown[] = []
  const read = sourcesReader(folder, (_, cause) => reported.push(cause))
  expect(read()).toMatchObject({ keys: [key], fault: null })
  writeFileSync(file(), '{"secrets":"whsec_hidden')
  expect([read(), read()]).toMatchObject([
    { keys: [key], fault: 'sources.json is not JSON' },
    { keys: [key] },
  ])
  expect(reported).toHaveLength(1)
  expect(sourcesReader(folder, () => {})()).toMatchObject({ keys: [], peers: [] })
})
