import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SettingError } from './config.ts'
import { PolicyFile } from './domain/policy/policy-file.ts'
import { type Policy, type PolicyBook, policyBook } from './judgement/policy.ts'
import { canonicalJson } from './log/canonical.ts'

const SHIPPED = join(import.meta.dirname, 'domain/policy')
/** Of the data folder: `policy/*.json`; one with the version of the shipped file stands in its place. */
const OWN = 'policy'

/** The policies of a city by the day from which they hold. Throws a SettingError that names the file and the field. */
export function readPolicies(dataDir: string): PolicyBook {
  const versions = new Map<number, Policy>()
  for (const folder of [SHIPPED, join(dataDir, OWN)])
    for (const file of filesOf(folder)) {
      const policy = readPolicy(readFileSync(file, 'utf8'), file)
      versions.set(policy.version, policy)
    }
  return policyBook([...versions.values()])
}

const filesOf = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => join(folder, name))
    : []

export function readPolicy(text: string, file: string): Policy {
  let content: unknown
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new SettingError(`${file} is not JSON: ${(cause as Error).message}`, { cause })
  }
  const parsed = PolicyFile.safeParse(content)
  if (parsed.success)
    return { ...parsed.data, hash: hash('sha256', canonicalJson(parsed.data), 'hex') }
  const faults = parsed.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  )
  throw new SettingError(`${file} is not right: ${faults.join('; ')}`)
}
