/** How large a city, and for how long. */
export interface Preset {
  name: PresetName
  buildings: number
  /** All organizations: those that manage houses and, of these, `others` that do not. */
  organizations: number
  others: number
  /** Of the plan; chosen so that the ground holds a few more buildings than wanted. */
  scale: number
  historyDays: number
  /** Requests in the whole history, about. */
  requests: number
}
export type PresetName = 'tiny' | 'demo' | 'city' | 'stress'

export const PRESETS: Record<PresetName, Preset> = {
  tiny: {
    name: 'tiny',
    buildings: 60,
    organizations: 15,
    others: 8,
    scale: 0.5,
    historyDays: 61,
    requests: 2_400,
  },
  demo: {
    name: 'demo',
    buildings: 1200,
    organizations: 60,
    others: 13,
    scale: 1.13,
    historyDays: 396,
    requests: 130_000,
  },
  city: {
    name: 'city',
    buildings: 7000,
    organizations: 300,
    others: 24,
    scale: 2.54,
    historyDays: 396,
    requests: 1_100_000,
  },
  stress: {
    name: 'stress',
    buildings: 7000,
    organizations: 300,
    others: 24,
    scale: 2.54,
    historyDays: 1_845,
    requests: 10_000_000,
  },
}
