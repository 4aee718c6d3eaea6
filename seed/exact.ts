/**
 * Elementary functions from +, -, * and / alone. The last bits of Math.exp, Math.sin and their like may differ between
 * machines, and the demo city promises the same bytes everywhere. Relative error below 1e-12, far inside our rounding.
 */
const LN2 = Math.LN2
const HALF_PI = 1.5707963267948966

export function exp(x: number): number {
  const twos = Math.floor(x / LN2 + 0.5)
  const rest = x - twos * LN2
  let term = 1
  let sum = 1
  for (let n = 1; n < 15; n++) {
    term = (term * rest) / n
    sum += term
  }
  return sum * powerOfTwo(twos)
}

/** Angles of at most a few turns. */
export function sin(angle: number): number {
  const quarters = Math.floor(angle / HALF_PI + 0.5)
  const rest = angle - quarters * HALF_PI
  const quarter = ((quarters % 4) + 4) % 4
  const value = quarter % 2 === 0 ? sinNear(rest) : cosNear(rest)
  return quarter < 2 ? value : -value
}

export const cos = (angle: number): number => sin(angle + HALF_PI)

export const radians = (degrees: number): number => (degrees * HALF_PI) / 90

function sinNear(x: number): number {
  let term = x
  let sum = x
  for (let n = 2; n < 18; n += 2) {
    term = (-term * x * x) / (n * (n + 1))
    sum += term
  }
  return sum
}

function cosNear(x: number): number {
  let term = 1
  let sum = 1
  for (let n = 1; n < 18; n += 2) {
    term = (-term * x * x) / (n * (n + 1))
    sum += term
  }
  return sum
}

function powerOfTwo(n: number): number {
  let value = 1
  const step = n < 0 ? 0.5 : 2
  for (let i = 0; i < Math.abs(n); i++) value *= step
  return value
}
