import type { Kind, Priority, Words } from '#server/contract/vocabulary.ts'
import { TROUBLE_TABLE } from './troubles.ts'

export type Season =
  | 'flat'
  | 'heating'
  | 'heating_start'
  | 'frost'
  | 'rain'
  | 'snow'
  | 'summer'
  | 'hot_water'
/** Whom a trouble visits more: old pipes, tall houses, houses with lifts or chutes, ones on district heat. */
export type Exposure =
  | 'flats'
  | 'pipes'
  | 'height'
  | 'lifts'
  | 'chute'
  | 'district_heat'
  | 'roof'
  | 'panel'
  | 'entrances'
/** Who does the work: one of the contractors by trade, else the company's own people. */
export type Trade = 'plumbing' | 'electric' | 'lift' | 'roof' | 'gas' | 'cleaning' | 'own'

export interface Trouble {
  id: string
  name: Words
  group: Words
  /** Of 1,000 requests of a year in a typical city. */
  weight: number
  priority: Priority
  kind: Kind
  /** Deadline after registration. */
  normHours: number
  /** Registration to work done, median of an average company without load. */
  medianHours: number
  sigma: number
  /** Share of closings that residents reject. */
  reopens: number
  season: Season
  exposure: Exposure
  trade: Trade
  /** Emergencies are worked on at any hour. */
  aroundTheClock: boolean
}

const DAY_HOURS = 24

function readTable(table: string): Trouble[] {
  const troubles: Trouble[] = []
  let group: Words = {}
  for (const line of table.split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim())
    if (cells.length === 3) {
      const [kk, ru, en] = cells
      group = { kk, ru, en }
    }
    if (cells.length > 3) troubles.push(troubleOf(cells, group))
  }
  return troubles
}

function troubleOf(cells: readonly string[], group: Words): Trouble {
  const [
    id = '',
    kk,
    ru,
    en,
    weight,
    norm = '',
    median = '',
    reopens,
    season,
    exposure,
    trade,
    kind,
  ] = cells
  const normHours = hoursOf(norm)
  const priority: Priority =
    normHours <= 2 ? 'emergency' : normHours <= DAY_HOURS ? 'urgent' : 'ordinary'
  return {
    id,
    name: { kk, ru, en },
    group,
    weight: Number(weight),
    priority,
    kind: (kind ?? 'work_request') as Kind,
    normHours,
    medianHours: hoursOf(median),
    sigma: SIGMA[priority] * (normHours > 60 * DAY_HOURS ? 0.72 : 1),
    reopens: Number(reopens),
    season: season as Season,
    exposure: exposure as Exposure,
    trade: trade as Trade,
    aroundTheClock: priority === 'emergency',
  }
}

/** Spread of the logarithm of the time to the end of the work. */
const SIGMA: Record<Priority, number> = { emergency: 0.6, urgent: 0.64, ordinary: 0.56 }

const hoursOf = (word: string) => Number(word.slice(0, -1)) * (word.endsWith('d') ? DAY_HOURS : 1)

export const TROUBLES: readonly Trouble[] = readTable(TROUBLE_TABLE)
