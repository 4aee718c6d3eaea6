import { mix } from './random.ts'

const hex = (value: number) => value.toString(16).padStart(8, '0')

/** Behind it is a person of a flat; the id itself says neither. */
export const subjectOf = (seed: number, house: number, flat: number | string): string =>
  `p-${hex(mix(seed, 'subject', house, flat))}${hex(mix(seed, 'person', flat, house)).slice(0, 4)}`
