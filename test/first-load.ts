import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Manifest } from 'vite'

/** Of the JavaScript of the first load, in kilobytes (1000 bytes), gzipped. */
export const BUDGET = 230

/** What a browser fetches of ours to show the overview: the entry, the page, a language, the search field. Map and charts come later. */
const FIRST_LOAD = [
  'index.html',
  'routes/index.tsx?tsr-split=component',
  'i18n/ru/index.ts',
  'features/shell/search-box.tsx',
]
const LATER = ['map/city-map.ts', 'chart/engine.ts']

const VITE = fileURLToPath(new URL('../node_modules/vite/bin/vite.js', import.meta.url))

/** Builds the web app aside, and tells by the graph of its imports what the first load is; `later` is what must not be in it. */
export function firstLoad(): { files: string[]; kilobytes: number; later: string[] } {
  const dist = mkdtempSync(join(tmpdir(), 'domovoi-budget-'))
  try {
    // In a process of its own: the test runner says that this is no production, and React believes it.
    execFileSync(
      process.execPath,
      [VITE, 'build', '--outDir', dist, '--manifest', '--logLevel', 'error'],
      {
        cwd: fileURLToPath(new URL('..', import.meta.url)),
        env: { ...process.env, NODE_ENV: 'production' },
      },
    )
    const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Manifest
    const files = [...new Set(FIRST_LOAD.flatMap((key) => [...withImports(manifest, key)]))].map(
      (key) => manifest[key]?.file ?? '',
    )
    return {
      files,
      kilobytes:
        files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0) /
        1000,
      later: LATER.map((key) => manifest[key]?.file ?? key),
    }
  } finally {
    rmSync(dist, { recursive: true, force: true })
  }
}

function withImports(manifest: Manifest, key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`the build has no chunk ${key}: ${Object.keys(manifest).join(', ')}`)
  if (found.has(key)) return found
  found.add(key)
  for (const imported of chunk.imports ?? []) withImports(manifest, imported, found)
  return found
}
