import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { addKey } from '#server/open311/sources.ts'
import { type Command, Failure } from './command.ts'

export const key: Command = {
  summary: 'make a key with which a source sends requests through Open311',
  usage: `key add NAME

Prints a new key once and writes its hash into sources.json, in the place of an older key of that name. Requests sent with it
bear NAME as their source.`,
  async run(args, { config, out, note }) {
    const { positionals } = parseArgs({ args, options: {}, allowPositionals: true })
    const [verb, name, ...more] = positionals
    if (verb !== 'add' || !name || more.length > 0)
      throw new Failure('name one source: domovoi key add NAME')
    if (!existsSync(config.dataDir)) throw new Failure(`${config.dataDir} is not there`)
    const made = randomBytes(32).toString('base64url')
    addKey(config.dataDir, name, made)
    out(made)
    note(`Give this key to "${name}"; it is not kept and cannot be shown again.`)
  },
}
