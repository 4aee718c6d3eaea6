import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../running.ts'
import type { Figure } from './measure.ts'

function domovoi(folder: string, ...words: string[]): string {
  const run = spawnSync(process.execPath, ['server/cli.ts', ...words], {
    cwd: ROOT,
    env: { ...process.env, DOMOVOI_DATA: folder },
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (run.status !== 0) throw new Error(`domovoi ${words.join(' ')}: ${run.stderr.slice(-2000)}`)
  return run.stdout
}

/** A demo city of a preset, made once and kept; its facts are there when it is returned. */
export async function cityFolder(
  preset: string,
  until?: string,
): Promise<{ folder: string; requests: string; now: number }> {
  const folder = join(ROOT, '.cache', `city-${preset}`)
  if (!existsSync(join(folder, 'demo.json'))) {
    process.stderr.write(`making the city "${preset}" once in .cache\n`)
    domovoi(folder, 'seed', '--preset', preset, ...(until ? ['--until', until] : []))
    domovoi(folder, 'rebuild')
  }
  const { requests } = JSON.parse(domovoi(folder, 'totals', '--json')) as { requests: number }
  const { end } = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as { end: number }
  return { folder, requests: requests.toLocaleString('en'), now: end }
}

const BOSTON = join(ROOT, '../shared/data/boston-311-2015/requests_2015-01_2015-09.csv.gz')

/** A real city's file, from an empty folder to its totals. */
export async function importFigure(): Promise<Figure[]> {
  if (!existsSync(BOSTON)) return []
  const folder = await mkdtemp(join(tmpdir(), 'domovoi-bench-'))
  try {
    const startedAt = performance.now()
    domovoi(folder, 'import', '--preset', 'boston-311', BOSTON)
    const rows = 93_963 / ((performance.now() - startedAt) / 1000)
    return [
      {
        what: 'import',
        size: '93,963 rows of Boston, with their facts',
        measured: `${Math.round(rows)} rows/s`,
        target: 'at least 5000 rows/s',
        holds: rows >= 5000,
      },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
