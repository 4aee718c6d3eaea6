import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom, mix } from '#seed/random.ts'
import { createDriver } from './driver.ts'
import { agrees, judgeLog } from './judge.ts'
import { openLedger } from './ledger.ts'
import { startServer, tellIn } from './server.ts'

export interface Kills {
  kills: number
  acknowledged: number
  stored: number
  lost: number
  doubled: number
  disordered: number
  /** Restarts after which the totals were not those of the log. */
  wrongTotals: number
  readyMs: number[]
}

/** A moment while the server opens, one time in eight; else under ingest. */
const OPENING_SHARE = 1 / 8

/** Kills the server with SIGKILL at seeded random moments while sources send, and looks after each restart what is there. */
export async function killOften(
  folder: string,
  { kills, seed, note }: { kills: number; seed: number; note: (line: string) => void },
): Promise<Kills> {
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir, { recursive: true })
  const ledger = openLedger(join(folder, 'acknowledged'))
  const driver = createDriver('k', ledger, (sender) => createRandom(mix(seed, sender)))
  const random = createRandom(seed)
  const found: Kills = {
    kills: 0,
    acknowledged: 0,
    stored: 0,
    lost: 0,
    doubled: 0,
    disordered: 0,
    wrongTotals: 0,
    readyMs: [],
  }
  const look = async (url: string) => {
    const verdict = judgeLog(dataDir, ledger)
    const totals = JSON.parse((await tellIn(url, '/totals')).text)
    const right = agrees(totals, verdict)
    if (!right)
      note(`totals ${JSON.stringify(totals)}, the log ${JSON.stringify(verdict.expected)}`)
    found.lost = verdict.lost.length
    found.doubled = verdict.doubled + verdict.gaps
    found.disordered = verdict.disordered.length
    found.wrongTotals += right ? 0 : 1
    found.stored = verdict.expected.events
  }
  while (found.kills < kills) {
    const starting = startServer(dataDir)
    if (random.chance(OPENING_SHARE)) {
      await new Promise((resolve) => setTimeout(resolve, random.between(50, 1500)))
      const ended = new Promise((resolve) => starting.child.once('exit', resolve))
      starting.child.kill('SIGKILL')
      await ended
      found.kills += 1
      continue
    }
    const server = await starting.ready
    found.readyMs.push(server.readyMs)
    await look(server.url)
    const stop = new AbortController()
    const driving = driver.run(server.url, stop.signal)
    await new Promise((resolve) => setTimeout(resolve, random.between(100, 1600)))
    await server.kill('SIGKILL')
    stop.abort()
    await driving
    found.kills += 1
    if (found.kills % 10 === 0)
      note(`${found.kills} kills, ${driver.acknowledged()} events acknowledged, ${found.lost} lost`)
  }
  const server = await startServer(dataDir).ready
  found.readyMs.push(server.readyMs)
  await look(server.url)
  found.acknowledged = driver.acknowledged()
  await server.kill('SIGTERM')
  ledger.close()
  return found
}
