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

/**
 * The policies of a city by the day from which they hold; `sightings` tells of its own on which day each was first seen. Throws a
 * SettingError that names the file and the field.
 */
export function readPolicies(
  dataDir: string,
  sightings: (hashes: readonly string[]) => ReadonlyMap<string, string | null> = () => new Map(),
): PolicyBook {
  const versions = new Map<number, Policy>()
  const read = (folder: string) =>
    filesOf(folder).map((file) => readPolicy(readFileSync(file, 'utf8'), file))
  for (const policy of read(SHIPPED)) versions.set(policy.version, policy)
  const shipped = new Set(Array.from(versions.values(), ({ hash }) => hash))
  const own = read(join(dataDir, OWN)).filter(({ hash }) => !shipped.has(hash))
  const seen = sightings(own.map(({ hash }) => hash))
  for (const policy of own) {
    const day = seen.get(policy.hash) ?? null
    versions.set(
      policy.version,
      day && day > policy.validFrom ? { ...policy, lateOn: day } : policy,
    )
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
