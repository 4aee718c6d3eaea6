import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NOW, registryEvents } from './faults/city.ts'
import { KEY, startServer } from './faults/server.ts'

let folder: string
let dataDir: string

interface Ended {
  code: number
  out: string
  said: string
}
const domovoi = (...args: string[]) =>
  new Promise<Ended>((resolve) => {
    const child = execFile(
      process.execPath,
      [join(import.meta.dirname, '../server/cli.ts'), ...args],
      { env: { ...process.env, DOMOVOI_DATA: dataDir, DOMOVOI_NOW: new Date(NOW).toISOString() } },
      (_cause, out, said) => resolve({ code: child.exitCode ?? -1, out, said }),
    )
  })

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'))
  dataDir = join(folder, 'data')
})
afterAll(() => rmSync(folder, { recursive: true }))

test('without a command, or with --help, it says what there is', async () => {
  const [overview, ...helps] = await Promise.all([
    domovoi(),
    ...['serve', 'import', 'totals', 'backup'].map((command) => domovoi(command, '--help')),
  ])
  for (const command of ['serve', 'seed', 'import', 'rebuild', 'verify', 'backup', 'restore'])
    expect(overview.out).toContain(`\n  ${command} `)
  for (const help of helps) expect([help.code, help.out.length > 100]).toEqual([0, true])
})

test.for([
  [['dance'], 'there is no command "dance"'],
  [['totals'], 'holds no city yet; run "seed" or "import" first, or set DOMOVOI_DATA'],
  [['totals', '--by', 'flat'], '--by is one of organization, building, not "flat"'],
  [['totals', '--jsn'], "Unknown option '--jsn'"],
  [['verify'], 'holds no log'],
  [['import', 'none.csv'], 'there is no file none.csv'],
  [['restore', '/nowhere'], '/nowhere is not a backup'],
  [['backup'], 'name one folder'],
] as const)('%o fails with a sentence', async ([args, sentence]) => {
  const { code, out, said } = await domovoi(...args)
  expect([code, out]).toEqual([1, ''])
  expect(said).toContain(sentence)
  expect(said).not.toContain('    at ')
})

test('totals, verify and backup work beside a running server; a second server and a rebuild are refused by its pid', async () => {
  const server = await startServer(dataDir).ready
  await fetch(`${server.url}/ingest/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}` },
    body: JSON.stringify(registryEvents()),
  })
  const backup = join(folder, 'backup')
  const held = `is in use by process ${server.pid} (serve); stop it first`
  const [totals, verify, saved, second, rebuild] = await Promise.all([
    domovoi('totals', '--json'),
    domovoi('verify'),
    domovoi('backup', backup),
    domovoi('serve'),
    domovoi('rebuild'),
  ])
  await server.kill('SIGTERM')
  expect(JSON.parse(totals.out)).toMatchObject({ buildings: 40, organizations: 6, events: 86 })
  expect(verify.out).toMatch(/^86 events, nothing was changed\. Head: [0-9a-f]{64}\n$/)
  expect(saved.out).toContain('86 events in ')
  expect([second.code, second.said]).toEqual([1, expect.stringContaining(held)])
  expect([rebuild.code, rebuild.said]).toEqual([1, expect.stringContaining(held)])
  expect((await domovoi('totals', '--json')).out).toBe(totals.out)
})

test('a setting that is wrong stops every command with its name', async () => {
  writeFileSync(join(dataDir, 'city.json'), '{}')
  const { code, said } = await domovoi('totals')
  expect([code, said]).toEqual([1, expect.stringContaining('city.json is not right')])
})
