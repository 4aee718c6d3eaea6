import { Z95 } from './normal.ts'

/**
 * Wilson interval of a share (Wilson 1927; R prop.test without correction). No cases give lower 0 and all cases upper 1
 * exactly; of nothing (n = 0) nothing is known: [0, 1].
 */
export function wilson(cases: number, n: number, z = Z95): [lower: number, upper: number] {
  if (n === 0) return [0, 1]
  const share = cases / n
  const scale = 1 + (z * z) / n
  const centre = (share + (z * z) / (2 * n)) / scale
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / scale
  return [cases === 0 ? 0 : centre - half, cases === n ? 1 : centre + half]
}
