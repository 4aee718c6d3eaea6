import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { SettingError } from './config.ts'

/** Of the data folder: the local day on which each policy of the city was first found there, by its hash. */
const SEEN = 'policy-seen.json'
/** Null: it was there when the record was begun, and its own word holds. */
const Seen = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.iso.date().nullable())

export interface Sightings {
  dataDir: string
  /** The local day, `YYYY-MM-DD`. */
  today: () => string
  /** Hashes of the policies by which the log has judged; null where it has judged nobody yet. Asked only once. */
  judgedBy: () => ReadonlySet<string> | null
}

/**
 * When the policies of a city were first seen, by their hashes. What a file says of its own publication nobody can check: only
 * policies that were there when the record was begun are taken at their word, and of these, where somebody was judged already,
 * only those that judged.
 */
export function policySightings(
  { dataDir, today, judgedBy }: Sightings,
  hashes: readonly string[],
): ReadonlyMap<string, string | null> {
  const file = join(dataDir, SEEN)
  const known = existsSync(file) ? readSeen(file) : null
  const seen = new Map(Object.entries(known ?? {}))
  const unseen = hashes.filter((hash) => !seen.has(hash))
  const judged = known === null && unseen.length > 0 ? judgedBy() : null
  for (const hash of unseen)
    seen.set(hash, known === null && (judged?.has(hash) ?? true) ? null : today())
  if (known === null || unseen.length > 0) {
    writeFileSync(`${file}.new`, `${JSON.stringify(Object.fromEntries(seen), null, 2)}\n`)
    renameSync(`${file}.new`, file)
  }
  return seen
}

function readSeen(file: string): z.output<typeof Seen> {
  try {
    return Seen.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new SettingError(
      `${file} is damaged: it says when the policies of the city were first seen; put back the one of a backup`,
      { cause },
    )
  }
}
