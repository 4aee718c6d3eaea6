export interface Turn {
  /** Position of the scene that stands. */
  scene: number
  /** How much of its time has passed, 0 to 1. */
  progress: number
}

/** `elapsed` and `seconds` in seconds; `pinned` is a position, or null. */
export function turnAt(
  elapsed: number,
  seconds: number,
  scenes: number,
  pinned: number | null,
): Turn {
  if (pinned !== null) return { scene: Math.min(pinned, scenes - 1), progress: 1 }
  const turns = Math.max(0, elapsed) / seconds
  return { scene: Math.floor(turns) % scenes, progress: turns - Math.floor(turns) }
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
