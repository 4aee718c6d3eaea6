import type { Arrival } from '../demand/demand.ts'
import type { Delivery } from '../life/steps.ts'
import type { Random } from '../random.ts'
import type { Company } from '../registry/companies.ts'

/** A planted fault with a known truth. One file each; city.ts lists them. */
export interface Story {
  name: string
  /** Bends the character of companies before anything happens. Only managing companies are given. */
  characters?(companies: readonly Company[], random: Random): void
  /** Changes how one request is told. The random of the request is at its own place already: other stories do not shift it. */
  retell?(deliveries: Delivery[], arrival: Arrival, random: Random): Delivery[]
  /** What truth.json says of it, once everything has been generated or at any time before. */
  truth(): unknown
}
