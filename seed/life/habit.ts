import type { Arrival } from '../demand/arrival.ts'
import type { Random } from '../random.ts'

/** How a company bends its own reports. Each habit lives in the file of its story; what is left out is done honestly. */
export interface Habit {
  /** Declares work done although nobody worked: the instant, or undefined where it works as others do. */
  sham?(arrival: Arrival, accepted: number, random: Random): number | undefined
  /** When a closing due at `closed` is entered; never earlier than the work is declared done. */
  closing?(arrival: Arrival, closed: number, random: Random): number
  /** The document that proves the work. */
  scan?(arrival: Arrival, random: Random): string | undefined
  /** Calls an emergency ordinary. */
  downgrades?(arrival: Arrival, random: Random): boolean
  /** Residents are told to call anew: nothing is opened again. */
  hidesRepeats?: boolean
}
