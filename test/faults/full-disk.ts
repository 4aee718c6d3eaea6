import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom, mix } from '#seed/random.ts'
import { createDriver } from './driver.ts'
import { agrees, judgeLog } from './judge.ts'
import { openLedger } from './ledger.ts'
import { startServer, tellIn } from './server.ts'

export interface FullDisk {
  /** Why it could not be tried; the rest is empty then. */
  skipped?: string
  refused: number
  lost: number
  /** Health while the disk was full: its status of HTTP. */
  healthWhileFull: number
  /** Whether totals could be read while the disk was full. */
  readWhileFull: boolean
  /** From the moment that room came back to the next acknowledgement. */
  recoveredMs: number
  totalsRight: boolean
  /** Whether it was the same process all the time. */
  sameProcess: boolean
}

const DISK_MB = 64

/** Fills a small disk under a running server to its last byte, gives the room back, and touches nothing else. */
export async function fillDisk(
  folder: string,
  { seed, note }: { seed: number; note: (line: string) => void },
): Promise<FullDisk> {
  const disk = join(folder, 'disk')
  mkdirSync(disk, { recursive: true })
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', disk])
  const nothing = {
    refused: 0,
    lost: 0,
    healthWhileFull: 0,
    readWhileFull: false,
    recoveredMs: 0,
    totalsRight: false,
    sameProcess: false,
  }
  if (mount.status !== 0)
    return { ...nothing, skipped: 'a small disk can be mounted by root only (mount -t tmpfs)' }
  try {
    return await underFullDisk(folder, disk, { seed, note })
  } finally {
    spawnSync('umount', ['-l', disk])
  }
}

async function underFullDisk(
  folder: string,
  disk: string,
  { seed, note }: { seed: number; note: (line: string) => void },
): Promise<FullDisk> {
  const dataDir = join(disk, 'data')
  mkdirSync(dataDir)
  const ledger = openLedger(join(folder, 'acknowledged-disk'))
  const driver = createDriver('f', ledger, (sender) => createRandom(mix(seed, sender)))
  const server = await startServer(dataDir).ready
  const drive = async (milliseconds: number) => {
    const stop = new AbortController()
    const driving = driver.run(server.url, stop.signal)
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    stop.abort()
    await driving
  }
  await drive(1000)
  const ballast = join(disk, 'ballast')
  const before = driver.refused()
  const driving = drive(6000)
  fillUp(ballast)
  note(`the disk is full after ${driver.acknowledged()} acknowledged events`)
  await driving
  const refused = driver.refused() - before
  const healthWhileFull = (await fetch(`${server.url}/healthz`)).status
  const readWhileFull = (await fetch(`${server.url}/totals`)).ok
  const lostWhileFull = judgeLog(dataDir, ledger).lost.length

  rmSync(ballast)
  const freedAt = performance.now()
  while ((await driver.sendOne(server.url)) !== 200 && performance.now() - freedAt < 60_000)
    await new Promise((resolve) => setTimeout(resolve, 100))
  const recoveredMs = performance.now() - freedAt
  await drive(500)
  await projected(server.url)
  const verdict = judgeLog(dataDir, ledger)
  const totals = JSON.parse((await tellIn(server.url, '/totals')).text)
  const found: FullDisk = {
    refused,
    healthWhileFull,
    readWhileFull,
    recoveredMs,
    lost: lostWhileFull + verdict.lost.length,
    totalsRight: agrees(totals, verdict),
    sameProcess: server.alive(),
  }
  await server.kill('SIGTERM')
  ledger.close()
  return found
}

/** Until the facts have what the log has. */
async function projected(url: string) {
  for (let tries = 0; tries < 600; tries++) {
    const { ready, lastSeq, projectedSeq } = JSON.parse((await tellIn(url, '/readyz')).text)
    if (ready && lastSeq === projectedSeq) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Takes every free byte: a file as large as the rest, then page by page. */
function fillUp(file: string) {
  const { bavail, bsize } = statfsSync(join(file, '..'))
  try {
    writeFileSync(file, Buffer.alloc(bavail * bsize, 1))
    for (;;) writeFileSync(file, Buffer.alloc(bsize, 1), { flag: 'a' })
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC')) throw cause
  }
}
