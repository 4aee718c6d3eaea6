/** A source of numbers in [0, 1); given by the caller, so that the same seed gives the same result. */
export type Chance = () => number

/** mulberry32 (Tommy Ettinger 2017, public domain): period 2³², enough for draws that only shape a picture or a bootstrap. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Standard normals by the polar method of Marsaglia 1964. */
export function normalsOf(chance: Chance): () => number {
  let spare: number | null = null
  return () => {
    if (spare !== null) {
      const value = spare
      spare = null
      return value
    }
    for (;;) {
      const u = 2 * chance() - 1
      const v = 2 * chance() - 1
      const r = u * u + v * v
      if (r === 0 || r >= 1) continue
      const scale = Math.sqrt((-2 * Math.log(r)) / r)
      spare = v * scale
      return u * scale
    }
  }
}
