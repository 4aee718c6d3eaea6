import type { Channel } from '#server/contract/vocabulary.ts'
import type { Trouble } from './categories.ts'

/** Something that many call about at once: an outage, a burst pipe. */
export interface Mass {
  id: string
  /** What failed, and since when; when it was put right. */
  from: number
  until: number
  /** Who puts it right: an organization beside the house's own company. */
  supplier: string | null
}

/** A call that a story plants. */
export interface Call {
  at: number
  house: number
  flat: number
  trouble: Trouble
  channel: Channel
  mass: Mass
}

/** A request on its way in. Everything that becomes of it follows from this, the companies and the seed. */
export interface Arrival {
  number: string
  at: number
  day: number
  /** Position among the arrivals of its day. */
  nth: number
  /** Positions in the lists of houses and companies. */
  house: number
  company: number
  trouble: Trouble
  channel: Channel
  /** Position of the flat in its house, from 0: never told. */
  flat: number
  entrance: number
  riser: number
  /** Pseudonym of who lives there. */
  subject: string
  /** The request that told of the same thing before. */
  duplicateOf: string | null
  /** The request, closed or about to be, that mended the same fault badly. */
  repeats: string | null
  mass: Mass | null
}
