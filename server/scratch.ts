import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Folders that hold a file while it is read, as mkdtemp names them. */
const SCRATCH = /^(preview|upload|unpacked)-[A-Za-z0-9]{6}$/

/** Removes what readings left behind that were killed; called by whoever holds the folder, before anything is read in it. */
export function removeScratch(dataDir: string): void {
  for (const entry of readdirSync(dataDir, { withFileTypes: true }))
    if (entry.isDirectory() && SCRATCH.test(entry.name))
      rmSync(join(dataDir, entry.name), { recursive: true, force: true })
}
