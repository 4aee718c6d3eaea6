import { hash as digest } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type EvidenceState, type Judging, keptEvaluation } from './judgement/kept.ts'
import { reckonBeside } from './judgement/reckoning-thread.ts'
import { readPolicies } from './policy-files.ts'
import { readPresets } from './preset-files.ts'

/** Of the data folder: what was said of organizations, one file for each, called by its hash. The log can bring it back. */
const EVIDENCE = 'evidence'

/** Without `sightings` every policy is taken at its word. */
export function createJudging(
  dataDir: string,
  sightings?: Parameters<typeof readPolicies>[1],
): Judging {
  const file = (hash: string) => join(dataDir, EVIDENCE, `${hash}.json`)
  return {
    policies: readPolicies(dataDir, sightings),
    presets: readPresets(dataDir),
    evaluation: keptEvaluation(),
    reckon: reckonBeside,
    evidence: {
      read: (hash) => readEvidence(file(hash), hash).text,
      state: (hash) => readEvidence(file(hash), hash).state,
      write(hash, text) {
        const { state } = readEvidence(file(hash), hash)
        if (state === 'right') return
        if (state === 'damaged') rmSync(file(hash), { recursive: true, force: true })
        mkdirSync(join(dataDir, EVIDENCE), { recursive: true })
        // Whole or not at all: a file that is read must be what its name says.
        writeFileSync(`${file(hash)}.new`, text)
        renameSync(`${file(hash)}.new`, file(hash))
      },
    },
  }
}

/** A file says of whom there is a ground to inspect: who can write it must not be able to change a word unnoticed. */
function readEvidence(file: string, hash: string): { state: EvidenceState; text: string | null } {
  if (!existsSync(file)) return { state: 'missing', text: null }
  try {
    const bytes = readFileSync(file)
    if (digest('sha256', bytes, 'hex') === hash) return { state: 'right', text: `${bytes}` }
  } catch {
    // No right to read it, or a folder in its place: as good as another content.
  }
  return { state: 'damaged', text: null }
}
