import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { addSecret } from '#server/sources/settings.ts'
import { type Command, Failure } from './command.ts'

export const webhook: Command = {
  summary: 'make a secret with which a source signs its webhooks',
  usage: `webhook add NAME

Prints a new secret for the sender of POST /ingest/webhooks/NAME (Standard Webhooks) and writes it into sources.json, which only its
owner may read. The secret before it stays valid until the next one is made, so that the sender can change over.`,
  async run(args, { config, out, note }) {
    const { positionals } = parseArgs({ args, options: {}, allowPositionals: true })
    const [verb, name, ...more] = positionals
    if (verb !== 'add' || !name || more.length > 0)
      throw new Failure('name one source: domovoi webhook add NAME')
    if (!existsSync(config.dataDir)) throw new Failure(`${config.dataDir} is not there`)
    const secret = `whsec_${randomBytes(32).toString('base64')}`
    addSecret(config.dataDir, name, secret)
    out(secret)
    note(
      `Give this secret to "${name}"; its messages go to /ingest/webhooks/${encodeURIComponent(name)}.`,
    )
  },
}
