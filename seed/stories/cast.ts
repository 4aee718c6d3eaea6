import type { Random } from '../random.ts'
import type { Company } from '../registry/companies.ts'

/** A city of fewer managing companies is too small for one that misbehaves beside the bad ones. */
const LARGE_ENOUGH = 20

interface Wanted {
  part: string
  /** Houses at the start, both included. */
  from: number
  to: number
}

/** Gives the part to a company of ordinary conduct; undefined in a small city, or when nobody fits. */
export function castCompany(
  companies: readonly Company[],
  { part, from, to }: Wanted,
  random: Random,
): Company | undefined {
  if (companies.length < LARGE_ENOUGH) return undefined
  const fit = companies.filter(
    ({ part, district, houses }) =>
      part === null && district === null && houses >= from && houses <= to,
  )
  const company = fit.length > 0 ? random.pick(fit) : undefined
  if (company) company.part = part
  return company
}
