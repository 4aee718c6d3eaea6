import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Judging, keptEvaluation } from './judgement/kept.ts'
import { readPolicies } from './policy-files.ts'
import { readPresets } from './preset-files.ts'

/** Of the data folder: what was said of organizations, one file for each, called by its hash. The log can bring it back. */
const EVIDENCE = 'evidence'

export function createJudging(dataDir: string): Judging {
  const file = (hash: string) => join(dataDir, EVIDENCE, `${hash}.json`)
  return {
    policies: readPolicies(dataDir),
    presets: readPresets(dataDir),
    evaluation: keptEvaluation(),
    evidence: {
      read: (hash) => (existsSync(file(hash)) ? readFileSync(file(hash), 'utf8') : null),
      write(hash, text) {
        if (existsSync(file(hash))) return
        mkdirSync(join(dataDir, EVIDENCE), { recursive: true })
        // Whole or not at all: a file that is read must be what its name says.
        writeFileSync(`${file(hash)}.new`, text)
        renameSync(`${file(hash)}.new`, file(hash))
      },
    },
  }
}
