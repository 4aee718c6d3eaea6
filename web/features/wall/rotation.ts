export interface Turn {
  /** Position of the scene that stands. */
  at: number
  /** Passes through all scenes before this one. */
  round: number
  /** Seconds until the next scene; Infinity where one is pinned. */
  rest: number
}

/** `elapsed` in seconds; `lasting` is how long each scene stands; `pinned` is a position, or null. */
export function turnAt(elapsed: number, lasting: readonly number[], pinned: number | null): Turn {
  if (pinned !== null)
    return { at: Math.min(pinned, lasting.length - 1), round: 0, rest: Number.POSITIVE_INFINITY }
  const pass = lasting.reduce((sum, seconds) => sum + seconds, 0)
  const round = Math.floor(Math.max(0, elapsed) / pass)
  let left = Math.max(0, elapsed) - round * pass
  for (const [at, seconds] of lasting.entries()) {
    if (left < seconds) return { at, round, rest: seconds - left }
    left -= seconds
  }
  return { at: 0, round: round + 1, rest: lasting[0] ?? 0 }
}

/** Farthest from its place that anything moves, in 1080p pixels. */
export const DRIFT = 4
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))

/** Where the picture stands in a minute, against burn-in: spread evenly over a disc, the same on every screen. */
export function driftAt(minute: number): { x: number; y: number } {
  const radius = DRIFT * Math.sqrt((((minute % 97) + 97) % 97) / 97)
  return {
    x: radius * Math.cos(minute * GOLDEN_ANGLE),
    y: radius * Math.sin(minute * GOLDEN_ANGLE),
  }
}
