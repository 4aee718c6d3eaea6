import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Manifest } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Kilobytes (1000 bytes), gzipped. */
const BUDGET = 230

/** What a browser fetches of ours to show the overview: the entry, the page, a language, the search field. Map and charts come later. */
const FIRST_LOAD = [
  'index.html',
  'routes/index.tsx?tsr-split=component',
  'i18n/ru/index.ts',
  'features/shell/search-box.tsx',
]
const LATER = ['map/city-map.ts', 'chart/engine.ts']

const VITE = fileURLToPath(new URL('../node_modules/vite/bin/vite.js', import.meta.url))

let dist: string
let manifest: Manifest
beforeAll(() => {
  dist = mkdtempSync(join(tmpdir(), 'domovoi-budget-'))
  // In a process of its own: the test runner says that this is no production, and React believes it.
  execFileSync(
    process.execPath,
    [VITE, 'build', '--outDir', dist, '--manifest', '--logLevel', 'error'],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
  manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
})
afterAll(() => rmSync(dist, { recursive: true, force: true }))

function withImports(key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`the build has no chunk ${key}: ${Object.keys(manifest).join(', ')}`)
  if (found.has(key)) return found
  found.add(key)
  for (const imported of chunk.imports ?? []) withImports(imported, found)
  return found
}

const filesOf = (keys: readonly string[]) => [
  ...new Set(keys.flatMap((key) => [...withImports(key)]).map((key) => manifest[key]?.file ?? '')),
]
const kilobytes = (files: readonly string[]) =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0) / 1000

test(`the first load of the overview is at most ${BUDGET} kB of JavaScript`, () => {
  expect(kilobytes(filesOf(FIRST_LOAD))).toBeLessThanOrEqual(BUDGET)
})

test('map and charts are not in the first load', () => {
  const first = filesOf(FIRST_LOAD)
  for (const key of LATER) expect(first).not.toContain(manifest[key]?.file ?? key)
})
