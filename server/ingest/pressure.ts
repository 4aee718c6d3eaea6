import { statfs } from 'node:fs/promises'

/** Too much at once, or no room; the sender may come again after so many seconds. */
export class PressureFault extends Error {
  readonly status: 429 | 503
  readonly retryAfterSeconds: number
  constructor(status: PressureFault['status'], retryAfterSeconds: number, message: string) {
    super(message)
    this.status = status
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export interface Gate {
  /** Runs one batch, or throws PressureFault without having read any of it. */
  pass<T>(work: () => Promise<T>): Promise<T>
  /** Looks how much room the disk has. */
  look(): Promise<void>
  /** Whether the disk kept too little at the last look. */
  full(): boolean
}

const BATCHES_AT_ONCE = 64
const FULL = 'the disk is nearly full; free some space, nothing was stored'
const ROOM_KNOWN_MS = 1000
const MB = 1024 * 1024

/** Bytes that stay free for the facts and for cleaning up: 512 MB, or 5 % of a small disk. */
export const reserveOf = (size: number) => Math.min(512 * MB, size * 0.05)

export interface GateOptions {
  dataDir: string
  /** Milliseconds that only grow. */
  clock: () => number
  room?: (dir: string) => Promise<{ free: number; size: number }>
  batchesAtOnce?: number
}

const roomOf = async (dir: string) => {
  const { bavail, blocks, bsize } = await statfs(dir)
  return { free: bavail * bsize, size: blocks * bsize }
}

export function createGate({
  dataDir,
  clock,
  room = roomOf,
  batchesAtOnce = BATCHES_AT_ONCE,
}: GateOptions): Gate {
  let inside = 0
  let checkedAt = Number.NEGATIVE_INFINITY
  let short = false
  const look = async () => {
    const { free, size } = await room(dataDir)
    checkedAt = clock()
    short = free < reserveOf(size)
  }
  return {
    look,
    full: () => short,
    async pass(work) {
      if (inside >= batchesAtOnce)
        throw new PressureFault(429, 1, `${inside} batches are being stored; send this one again`)
      inside += 1
      try {
        if (short || clock() - checkedAt >= ROOM_KNOWN_MS) await look()
        if (short) throw new PressureFault(503, 5, FULL)
        return await work()
      } finally {
        inside -= 1
      }
    },
  }
}
