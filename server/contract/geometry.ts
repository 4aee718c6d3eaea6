import type { Words } from './vocabulary.ts'

/**
 * Where the buildings are: columns of equal length, one position per building that has coordinates, by ascending key.
 * Coordinates are millionths of a degree, each relative to the one before it, which keeps a city of 40,000 points small. Shapes are
 * vector tiles, which only the map's worker reads.
 */
export interface Geometry {
  /** West, south, east, north of nearly all buildings: a few stray coordinates do not widen it. null without buildings. */
  bounds: [number, number, number, number] | null
  keys: number[]
  lon: number[]
  lat: number[]
  /** District keys; 0 = none. */
  district: number[]
  /** 1 = its footprint is known. */
  outlined: (0 | 1)[]
  districts: { key: number; id: string; name: Words; outline: [number, number][][] | null }[]
  /** There is a base map to ask for. */
  base: boolean
  /** Address of the tiles with {z}, {x} and {y}; another one when a shape has changed. */
  tiles: string
  /** The map archive that the city has configured to lie under everything; null = none. */
  ground: Ground | null
  /** Whom the outlines are owed to; shown in the corner of the map. */
  credits?: readonly string[]
  /** Buildings known without coordinates: they are in lists only. */
  unplaced: number
}

/** A PMTiles archive, or why there is none to draw although the city names one. */
export type Ground =
  | { address: string }
  /** `missing`: no such file; `broken`: not a PMTiles archive of version 3. */
  | { fault: 'missing' | 'broken'; file: string }

/** Ids and addresses of all buildings in one language, by ascending key. */
export interface BuildingNames {
  keys: number[]
  ids: string[]
  addresses: string[]
  district: number[]
  apartments: number[]
}

/** What lies under the buildings: GeoJSON whose features carry a kind. `rank` 1 is the most important road or landmark. */
export const BASE_KINDS = ['land', 'water', 'park', 'road', 'rail', 'landmark'] as const
export type BaseKind = (typeof BASE_KINDS)[number]

/** `basemap.json` in the data folder. Without it the map is drawn on plain land. */
export interface BaseMap {
  type: 'FeatureCollection'
  /** Shown in the corner of the map, e.g. the licence of the data. */
  attribution?: string
  features: {
    type: 'Feature'
    geometry:
      | { type: 'Point'; coordinates: [number, number] }
      | { type: 'LineString'; coordinates: [number, number][] }
      | { type: 'Polygon'; coordinates: [number, number][][] }
    properties: { kind: BaseKind; name?: Words; rank?: 1 | 2 | 3 }
  }[]
}

/** How far a building's week is from what was expected, by the limit that chance leaves; `usual` is within it. */
export const DEVIATIONS = ['less', 'usual', 'slightly', 'more', 'much'] as const
export type Deviation = (typeof DEVIATIONS)[number]

/** How many whole days back the map compares with: a week, four weeks, 52 weeks. */
export const COMPARED_DAYS = [7, 28, 364] as const
export type ComparedDays = (typeof COMPARED_DAYS)[number]
/** Days of each of the two periods whose inflow is compared. */
export const WINDOW_OF: Readonly<Record<ComparedDays, number>> = { 7: 7, 28: 28, 364: 28 }
