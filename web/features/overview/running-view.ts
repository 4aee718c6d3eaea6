const HOUR = 3_600_000
const WINDOWS = [
  1, 2, 3, 4, 6, 8, 12, 18, 24, 36, 48, 72, 120, 168, 336, 720, 2160, 4320, 8784, 13_176, 17_568,
  26_352, 43_920,
].map((hours) => hours * HOUR)

export interface RunningBar {
  /** Shares of the axis, 0 to 1; `cut`: it began before the axis does. */
  from: number
  now: number
  due: number | null
  cut: boolean
}

export interface RunningView {
  /** Milliseconds before and after now that the axis shows. */
  before: number
  after: number
  /** Where now is, as a share of the axis. */
  nowAt: number
  bars: RunningBar[]
}

/** Clocks on one axis, as long before now as the oldest needs, at most five years, and at most twice as long after it. */
export function runningView(
  rows: readonly { registeredAt: number; dueAt: number | null }[],
  now: number,
): RunningView {
  const longest = Math.max(0, ...rows.map(({ registeredAt }) => now - registeredAt))
  const before = WINDOWS.find((window) => window >= longest) ?? 43_920 * HOUR
  const ahead = Math.max(0, ...rows.map(({ dueAt }) => (dueAt === null ? 0 : dueAt - now)))
  const after = Math.min(2 * before, Math.max(before / 5, ahead * 1.05))
  const place = (instant: number) =>
    Math.max(0, Math.min(1, (instant - (now - before)) / (before + after)))
  return {
    before,
    after,
    nowAt: place(now),
    bars: rows.map(({ registeredAt, dueAt }) => ({
      from: place(registeredAt),
      now: place(now),
      due: dueAt === null || dueAt > now + after ? null : place(dueAt),
      cut: registeredAt < now - before,
    })),
  }
}
