import type { Arrival, Call } from '../demand/arrival.ts'
import type { Delivery } from '../life/steps.ts'
import type { Place } from '../place/place.ts'
import type { Random } from '../random.ts'
import type { Company } from '../registry/companies.ts'

/** What stories know of the city before anything happens. */
export interface Town {
  seed: number
  place: Place
  /** Local days of the history: the first, and the one that `end` falls into. */
  firstDay: number
  lastDay: number
  /** Instant at which the history ends. */
  end: number
}

/** Something planted, with a known truth. One file each; stories/all.ts lists them. */
export interface Story {
  name: string
  /** Bends the character or the habits of companies before anything happens. Only managing companies are given. */
  characters?(companies: readonly Company[], random: Random): void
  /** Calls of a local day beside those of every day; the same whenever it is asked. */
  calls?(day: number): readonly Call[]
  /** Events of the city itself that are delivered on a local day; the same whenever it is asked. */
  notices?(day: number): readonly Delivery[]
  /** Changes how one request is told. The random of the request is at its own place already: other stories do not shift it. */
  retell?(deliveries: Delivery[], arrival: Arrival, random: Random): Delivery[]
  /** What truth.json says of it, once everything has been generated or at any time before. */
  truth(): unknown
}
