import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { judgeWorld, World } from '#server/stats/world.ts'
import { type Command, Failure } from './command.ts'

const GZIP = 0x1f8b

export const judge: Command = {
  summary: 'judge a year of a city given as a file',
  usage: `judge FILE.json[.gz]

Reads requests and events by company, quarter and stratum ({"input": {"company": [], "quarter": [], "stratum": [], "n": [],
"reopened": [], "breached": []}}) and prints, as JSON, what the product says of each company: expected events, distances,
false-discovery rates, lower limits, and who is to be inspected or watched. For checking the method with other software.`,
  async run(args, { out }) {
    const { positionals } = parseArgs({ args, options: {}, allowPositionals: true })
    const [file, ...more] = positionals
    if (!file || more.length > 0) throw new Failure('name one file: domovoi judge FILE.json.gz')
    out(JSON.stringify(judgeWorld(worldIn(file))))
  },
}

function worldIn(file: string): World {
  let parsed: ReturnType<typeof World.safeParse>
  try {
    const bytes = readFileSync(file)
    const packed = bytes.length > 2 && bytes.readUInt16BE(0) === GZIP
    parsed = World.safeParse(JSON.parse((packed ? gunzipSync(bytes) : bytes).toString()))
  } catch (cause) {
    throw new Failure(`${file} cannot be read: ${(cause as Error).message}`, { cause })
  }
  if (parsed.success) return parsed.data
  throw new Failure(`${file} is not a world: ${z.prettifyError(parsed.error)}`)
}
