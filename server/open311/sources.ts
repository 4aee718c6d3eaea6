import { hash, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { SettingError } from '#server/config.ts'
import { id } from '#server/contract/event-fields.ts'

/** Who may send requests through Open311. Only the hash of the key is kept. */
const Key = z.strictObject({
  kind: z.literal('open311-key'),
  name: id,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
/** Another city's endpoint that is asked again and again. */
const Peer = z.strictObject({
  kind: z.literal('open311'),
  name: id,
  /** Up to and with the version: `https://311.example.org/open311/v2`. */
  url: z.url({ protocol: /^https?$/ }),
  format: z.enum(['json', 'xml']).default('json'),
  jurisdiction: z.string().min(1).max(200).optional(),
  everySeconds: z.number().int().min(30).max(86_400).default(300),
  /** How long after its registration a request is still looked at for changes. */
  lookBackDays: z.number().int().min(1).max(365).default(30),
  /** From when on it is caught up with, at the first time. */
  since: z.iso.date().optional(),
  /** Their service code → our category; what is not named keeps its code. */
  categories: z.record(z.string(), id).default({}),
  /** For a peer on this machine or this network only. */
  privateNetwork: z.boolean().default(false),
})
export type Peer = z.output<typeof Peer>

const Line = z.discriminatedUnion('kind', [Key, Peer])
/** Sources of other kinds stand in the same file and are others' to read. */
const Sources = z.looseObject({
  /** What clients of ours name as `jurisdiction_id`; without it any is taken. */
  jurisdiction: z.string().min(1).max(200).optional(),
  sources: z.array(z.looseObject({ kind: z.string() })).default([]),
})
type SourcesFile = z.output<typeof Sources>

export interface Sources {
  jurisdiction: string | null
  keys: readonly z.output<typeof Key>[]
  peers: readonly Peer[]
  /** What of the file is not right and therefore left out; never a value of it. */
  fault: string | null
}
const NONE: Sources = { jurisdiction: null, keys: [], peers: [], fault: null }

const FILE = 'sources.json'
const sourcesFile = (dataDir: string) => join(dataDir, FILE)

/** A line that is not right is left out and told; throws SettingError where the whole file is not. */
export function readSources(dataDir: string): Sources {
  const { jurisdiction, sources } = readFile(dataDir)
  const faults: string[] = []
  const lines = sources.flatMap((source, index) => {
    if (!source.kind.startsWith('open311')) return []
    const parsed = Line.safeParse(source)
    if (parsed.success) return [parsed.data]
    const told = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    faults.push(`${FILE} is not right: sources[${index}] (${source.kind}): ${told.join('; ')}`)
    return []
  })
  return {
    jurisdiction: jurisdiction ?? null,
    keys: lines.filter((line) => line.kind === 'open311-key'),
    peers: lines.filter((line) => line.kind === 'open311'),
    fault: faults.length > 0 ? faults.join(' ') : null,
  }
}

/** Reads the file at each question. While it cannot be read at all, what was read last stands; a new fault is reported once. */
export function sourcesReader(
  dataDir: string,
  report: (where: string, cause: unknown) => void,
): () => Sources {
  let last = NONE
  let reported: string | null = null
  return () => {
    let found: Sources
    try {
      found = readSources(dataDir)
      last = found
    } catch (cause) {
      if (!(cause instanceof SettingError)) throw cause
      found = { ...last, fault: cause.message.replace(/^.*(?=sources\.json)/, '') }
    }
    if (found.fault !== null && found.fault !== reported)
      report(FILE, new SettingError(found.fault))
    reported = found.fault
    return found
  }
}

function readFile(dataDir: string): SourcesFile {
  const file = sourcesFile(dataDir)
  if (!existsSync(file)) return { sources: [] }
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  } catch (cause) {
    // The parser's own message may quote a secret.
    throw new SettingError(`${file} is not JSON`, { cause })
  }
  const parsed = Sources.safeParse(content)
  if (parsed.success) return parsed.data
  throw new SettingError(`${file} is not right: ${z.prettifyError(parsed.error)}`)
}

const hashOf = (key: string) => hash('sha256', key)

/** Writes down a new key of a source, in the place of an older one of the same name. */
export function addKey(dataDir: string, name: string, key: string) {
  const { sources, ...rest } = readFile(dataDir)
  const others = sources.filter(
    (source) => !(source.kind === 'open311-key' && 'name' in source && source.name === name),
  )
  const added = { kind: 'open311-key', name: id.parse(name), sha256: hashOf(key) }
  const fresh = `${sourcesFile(dataDir)}.new`
  const content = { ...rest, sources: [...others, added] }
  writeFileSync(fresh, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  renameSync(fresh, sourcesFile(dataDir))
}

/** Whose key it is; takes the same time whatever is presented. */
export function sourceOfKey({ keys }: Sources, presented: string): string | undefined {
  const given = Buffer.from(hashOf(presented), 'hex')
  let found: string | undefined
  for (const { name, sha256 } of keys)
    if (timingSafeEqual(Buffer.from(sha256, 'hex'), given)) found = name
  return found
}
