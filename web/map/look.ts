import type { Palette } from '#web/ui/theme.ts'
import type { MapClass } from './layers.ts'

/** What the look of the map depends on; the same look gives the same layers. */
export interface Look {
  palette: Palette
  classes: readonly MapClass[]
  /** Class of a building whose state nobody has set. */
  quiet: number
  /** Multiplies every size; the wall is read from five metres. */
  scale: number
  /** `districts`: with waters and landmarks, without streets. */
  labels: 'all' | 'districts' | 'none'
  /** Buildings without an outline; where they are many, not each has its colour from afar. */
  bare: 'none' | 'some' | 'many'
  /** Houses of one company have an edge. */
  held: boolean
  /** Hexagons stand for buildings below this zoom; 0 = never. */
  hexagonsBelow: number
}
