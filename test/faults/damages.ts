import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { createRandom, mix, type Random } from '#seed/random.ts'
import { createDriver } from './driver.ts'
import { agrees, judgeLog } from './judge.ts'
import { openLedger } from './ledger.ts'
import { startServer, tellIn } from './server.ts'

export interface Damage {
  what: string
  /** Whether every answer was that of undamaged facts. */
  right: boolean
  /** Whether the file was put aside and written anew; a bit in unused space needs nothing. */
  rebuilt: boolean
  /** From the start of the server to the last answer. */
  answeredMs: number
}

const FACTS = 'facts.duckdb'
const WAL = 'facts.duckdb.wal'
const ANSWERS = [
  '/totals',
  '/totals?by=organization',
  '/totals?by=building',
  '/export/requests.csv?raw=1',
]

async function answersOf(dataDir: string) {
  const server = await startServer(dataDir).ready
  const answers: string[] = []
  const startedAt = performance.now()
  for (const path of ANSWERS) answers.push((await tellIn(server.url, path)).text)
  const answeredMs = server.readyMs + performance.now() - startedAt
  await server.kill('SIGTERM')
  return { answers, answeredMs }
}

/** Damages the facts of a city one after another, and compares every answer with those of facts written anew. */
export async function damageOften(
  folder: string,
  {
    damages,
    seed,
    seconds,
    note,
  }: { damages: number; seed: number; seconds: number; note: (line: string) => void },
): Promise<Damage[]> {
  const killed = join(folder, 'killed')
  await fill(killed, { folder, seed, seconds })
  const fresh = copyOf(killed, join(folder, 'fresh'))
  for (const name of readdirSync(fresh)) if (name.startsWith(FACTS)) rmSync(join(fresh, name))
  const { answers: expected } = await answersOf(fresh)
  const ledger = openLedger(join(folder, 'acknowledged'))
  if (!agrees(JSON.parse(expected[0] ?? '{}'), judgeLog(fresh, ledger)))
    throw new Error('facts written anew do not agree with the log')
  ledger.close()

  const random = createRandom(mix(seed, 'damage'))
  const found: Damage[] = []
  for (let n = 0; n < damages; n++) {
    const dataDir = copyOf(killed, join(folder, 'damaged'))
    const what = n === 0 ? harmAll(dataDir) : harm(dataDir, random)
    const { answers, answeredMs } = await answersOf(dataDir).catch((cause) => {
      note(String(cause))
      return { answers: ['nothing'], answeredMs: Number.POSITIVE_INFINITY }
    })
    const right = answers.every((answer, index) => answer === expected[index])
    const rebuilt = readdirSync(dataDir).some((name) => name.startsWith(`${FACTS}.damaged-`))
    found.push({ what, right, rebuilt, answeredMs })
    note(`${what}: ${rebuilt ? 'rebuilt' : 'read as it is'}, ${right ? 'right' : 'WRONG'}`)
  }
  return found
}

/** A city under ingest, killed, so that its facts have a write-ahead log too. */
async function fill(
  dataDir: string,
  { folder, seed, seconds }: { folder: string; seed: number; seconds: number },
) {
  mkdirSync(dataDir, { recursive: true })
  const ledger = openLedger(join(folder, 'acknowledged'))
  const driver = createDriver('d', ledger, (sender) => createRandom(mix(seed, sender)))
  for (const part of [seconds, 1]) {
    const server = await startServer(dataDir).ready
    const stop = new AbortController()
    const driving = driver.run(server.url, stop.signal)
    await new Promise((resolve) => setTimeout(resolve, part * 1000))
    stop.abort()
    await driving
    await server.kill(part === 1 ? 'SIGKILL' : 'SIGTERM')
  }
  ledger.close()
}

function copyOf(source: string, target: string): string {
  rmSync(target, { recursive: true, force: true })
  cpSync(source, target, { recursive: true, filter: (path) => !/\/lock[^/]*$/.test(path) })
  return target
}

const HEADER = 12_288
const BLOCK = 262_144

/** A bit in every block, so that the first to read anything meets damage: the opening itself, not a question. */
function harmAll(dataDir: string): string {
  const file = join(dataDir, FACTS)
  const bytes = readFileSync(file)
  for (let at = HEADER + BLOCK / 2; at < bytes.length; at += BLOCK) bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
  return `${FACTS} a bit in every block`
}

/** One bit, or a cut, anywhere in the facts file or its write-ahead log. */
function harm(dataDir: string, random: Random): string {
  const wal = join(dataDir, WAL)
  const name = existsSync(wal) && random.chance(0.4) ? WAL : FACTS
  const file = join(dataDir, name)
  const bytes = readFileSync(file)
  const at = random.whole(0, bytes.length - 1)
  if (random.chance(0.4)) {
    truncateSync(file, at)
    return `${name} cut at byte ${at} of ${bytes.length}`
  }
  const bit = random.whole(0, 7)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
  writeFileSync(file, bytes)
  return `${name} bit ${bit} of byte ${at} of ${bytes.length}`
}
