import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Folders that hold a file while it is read, as mkdtemp names them. */
const SCRATCH = /^(preview|upload|unpacked)-[A-Za-z0-9]{6}$/

/** Removes what readings left behind that were killed; called by whoever holds the folder, before anything is read in it. */
export function removeScratch(dataDir: string): void {
  for (const entry of readdirSync(dataDir, { withFileTypes: true }))
    if (entry.isDirectory() && SCRATCH.test(entry.name))
      rmSync(join(dataDir, entry.name), { recursive: true, force: true })
}

const REPLAY = /^domovoi-replay-(\d+)-/

/**
 * A folder outside the data for facts that are made anew and thrown away. It bears the process's number: what a killed one left,
 * a copy of the city's requests, is removed by the next.
 */
export function replayFolder(pid: number, within = tmpdir()): string {
  for (const entry of readdirSync(within)) {
    const owner = Number(REPLAY.exec(entry)?.[1] ?? 0)
    if (owner > 0 && owner !== pid && !isRunning(owner))
      rmSync(join(within, entry), { recursive: true, force: true })
  }
  return mkdtempSync(join(within, `domovoi-replay-${pid}-`))
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (cause) {
    // Somebody else's process runs too, and what is theirs cannot be removed.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
}
