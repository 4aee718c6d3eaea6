import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { SettingError } from '#server/config.ts'
import { id } from '#server/contract/event-fields.ts'

/** A Standard Webhooks secret: `whsec_` and 24 to 64 bytes in base64. Several while one is being replaced. */
const Secret = z.string().regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'is not whsec_ and base64')
const Webhook = z.strictObject({
  kind: z.literal('webhook'),
  name: id,
  secrets: z.array(Secret).min(1).max(5),
  /** File of the data folder that says how a body becomes a request (kind `requests`); without it the body is our events. */
  mapping: z
    .string()
    .regex(/^[A-Za-z0-9._-]+\.json$/, 'is not the name of a file in the data folder')
    .optional(),
})
export type WebhookSettings = z.output<typeof Webhook>

/** What is said of any source, whatever brings it. */
const Said = z.strictObject({
  kind: z.literal('source'),
  name: id,
  /** Silent for longer, it is called silent, whatever is usual for it. */
  silentAfterMinutes: z.number().int().min(1).max(525_600).optional(),
})
/** Sources of other kinds stand in the same file and are others' to read. */
const Other = z.looseObject({
  kind: z.string().refine((kind) => kind !== 'webhook' && kind !== 'source'),
  name: id.optional(),
})
const File = z.looseObject({
  sources: z.array(z.union([z.discriminatedUnion('kind', [Webhook, Said]), Other])).default([]),
})

export interface SourceSettings {
  webhooks: readonly WebhookSettings[]
  /** Every source that the file names, by all kinds that it names it with. */
  kinds: ReadonlyMap<string, readonly string[]>
  /** Minutes by source. */
  silentAfter: ReadonlyMap<string, number>
  /** What is not right and stops only its own source, in sentences without secrets. */
  faults: readonly string[]
}

/** Reads `sources.json` of a data folder; throws SettingError with the file and the field, never with a secret. */
export function readSettings(dataDir: string): SourceSettings {
  const file = join(dataDir, 'sources.json')
  const kinds = new Map<string, string[]>()
  const silentAfter = new Map<string, number>()
  const webhooks: WebhookSettings[] = []
  for (const source of whole(file).sources) {
    const { kind, name } = source
    if (name === undefined) continue
    if (kind === 'source') {
      const said = source as z.output<typeof Said>
      if (said.silentAfterMinutes) silentAfter.set(said.name, said.silentAfterMinutes)
      if (!kinds.has(name)) kinds.set(name, [])
      continue
    }
    if (kind === 'webhook') webhooks.push(source as WebhookSettings)
    kinds.set(name, [...(kinds.get(name) ?? []), kind])
  }
  const faults = webhooks.flatMap(({ name, mapping }) =>
    mapping === undefined || existsSync(join(dataDir, mapping))
      ? []
      : [`sources.json is not right: ${mapping}, the mapping of webhook "${name}", is missing`],
  )
  return { webhooks, kinds, silentAfter, faults }
}

/** Writes down a new secret of a webhook before its older one, which stays valid until the next: the sender changes over between. */
export function addSecret(dataDir: string, name: string, secret: string) {
  const file = join(dataDir, 'sources.json')
  const { sources, ...rest } = whole(file)
  const known = sources.find((source) => source.kind === 'webhook' && source.name === name)
  const older = known && 'secrets' in known && Array.isArray(known.secrets) ? known.secrets : []
  const added = Webhook.parse({
    ...{ ...known, kind: 'webhook', name },
    secrets: [secret, ...older.slice(0, 1)],
  })
  const others = sources.filter((source) => source !== known)
  writeFileSync(
    `${file}.new`,
    `${JSON.stringify({ ...rest, sources: [...others, added] }, null, 2)}\n`,
    {
      mode: 0o600,
    },
  )
  renameSync(`${file}.new`, file)
}

function whole(file: string): z.output<typeof File> {
  if (!existsSync(file)) return { sources: [] }
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  } catch (cause) {
    // The parser's own message may quote a secret.
    throw new SettingError(`${file} is not JSON`, { cause })
  }
  const found = File.safeParse(content)
  if (found.success) return found.data
  throw new SettingError(`${file} is not right: ${z.prettifyError(found.error)}`)
}
