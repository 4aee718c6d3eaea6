import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Credits = z.object({ attribution: z.array(z.string().min(1).max(200)).max(20) })
const fileIn = (dataDir: string) => join(dataDir, 'outlines.json')

/** Whom outlines of buildings are owed to; shown wherever they are drawn. `outlines.json` of the data folder; empty without one. */
export function outlineCredits(dataDir: string): string[] {
  try {
    const told = Credits.safeParse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')))
    return told.success ? told.data.attribution : []
  } catch {
    return []
  }
}

export function creditOutlines(dataDir: string, attribution: string): void {
  const known = outlineCredits(dataDir)
  if (known.includes(attribution)) return
  const all = { attribution: [...known, attribution].slice(-20) }
  writeFileSync(fileIn(dataDir), `${JSON.stringify(all, null, 2)}\n`)
}
