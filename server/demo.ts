import { spawn } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
export const DIST = join(ROOT, 'dist')

/** Runs one of the product's own programs beside this one, so that its memory goes with it. Rejects when it fails. */
function runProgram(args: readonly string[], what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('error', reject)
    child.once('exit', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`${what} ended with ${signal ?? `code ${code}`}`)),
    )
  })
}

/** Builds the web app when there is none, or when a source is newer than it. */
export async function buildIfOlder(): Promise<void> {
  const built = statSync(join(DIST, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const sources = ['web', 'server/contract', 'package-lock.json', 'vite.config.ts']
  if (sources.every((source) => newestIn(join(ROOT, source)) < built)) return
  // Built aside and moved in whole: a server that runs, or another that builds too, never meets half of it.
  const next = `${DIST}.${process.pid}`
  await runProgram(
    [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn', '--outDir', next],
    'the build',
  )
  rmSync(DIST, { recursive: true, force: true })
  try {
    renameSync(next, DIST)
  } catch (cause) {
    if (!existsSync(join(DIST, 'index.html'))) throw cause
    rmSync(next, { recursive: true, force: true })
  }
}

function newestIn(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return 0
  // Written by the build itself.
  if (path.endsWith('routeTree.gen.ts')) return 0
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}

/** Runs the seed with the arguments of `domovoi seed`. It takes the lock of the folder itself. */
export const seed = (args: readonly string[]) =>
  runProgram([join(ROOT, 'seed/main.ts'), ...args], 'the seed')

/** A folder made by the seed says so; only such a folder is played live. */
export const isDemo = (dataDir: string) => existsSync(join(dataDir, 'demo.json'))

/**
 * Plays a demo folder live against the server at `url`, as a process of its own that ends when its standard input does.
 * It presents DOMOVOI_KEY or, like every source on this machine, the key of the folder. `onEnd` is told when it stops by itself.
 */
export function play(
  { dataDir, url }: { dataDir: string; url: string },
  onEnd: (how: string) => void,
): { stop: () => void } {
  const args = [join(ROOT, 'seed/main.ts'), 'play', '--data', dataDir, '--url', url]
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  let stopping = false
  child.once('exit', (code, signal) => {
    if (!stopping) onEnd(signal ?? `code ${code}`)
  })
  child.once('error', (cause) => onEnd(cause.message))
  return {
    stop() {
      stopping = true
      child.kill()
    },
  }
}
