const NICE = [1, 2, 3, 5, 10]
/** From ten on halves are whole. */
const FINER = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]

/** The least round step of which `steps` reach the value: 78 in three steps is 30, so the axis ends at 90. */
export function niceStep(value: number, steps: number): number {
  const least = Math.max(value, steps) / steps
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = (power >= 10 ? FINER : NICE).find((nice) => nice * power >= least - 1e-9) ?? 10
  return factor * power
}

/** Where the axis of a strip begins and ends: the band in its middle third, and the value within. */
export function stripDomain(
  value: number,
  band: readonly [number, number] | null,
): [number, number] {
  const [low, high] = band ?? [value, value]
  const pad = Math.max(high - low, Math.abs(high) * 0.05, 1)
  return [Math.min(low - pad, value - pad / 4), Math.max(high + pad, value + pad / 4)]
}

/** Round ends in percent for the axis of a share, about six intervals wide. */
export function shareDomain(interval: readonly [number, number]): [number, number] {
  const [low, high] = [interval[0] * 100, interval[1] * 100]
  const width = Math.max((high - low) * 6, 4)
  const step = niceStep(width, 6)
  const middle = (low + high) / 2
  const from = Math.max(0, Math.floor((middle - width / 2) / step) * step)
  const to = Math.min(100, Math.ceil((middle + width / 2) / step) * step)
  return [from / 100, to / 100]
}
