import type { DomainEvent } from '#server/contract/events.ts'
import type { Log } from '#server/log/log.ts'
import type { Origin } from './catalogue.ts'
import type { Position, Row } from './fields.ts'
import type { Told } from './sink.ts'

/** A kind of file, for one file: how its rows are read, and what they become once all of them were seen. */
export interface FileKind<Draft> {
  source: string
  zone: string
  /** undefined where the row has faults. */
  read(row: Row): Draft | undefined
  /** Each sound row of the first pass. */
  survey(draft: Draft): void
  /** After the first pass; throws ImportRefusal where the file as a whole makes no sense. */
  plan(log: Log, rows: { read: number; faulty: number }): Plan<Draft>
  /** The column that an event field was read from; empty where there is none. */
  columnOf(eventField: string): string
}

export interface Plan<Draft> {
  origin: Origin
  /** What the rows speak of. */
  first: readonly DomainEvent[]
  events(draft: Draft): Omit<Told, 'line'>
  /** What the absence of rows says. */
  last: readonly DomainEvent[]
  warnings: string[]
  /** In the middle of its positions; undefined where there are none. */
  centre: Position | undefined
}

const MOST = 20_000

/** The middle of many positions, by median, so that a few wrong ones do not move it. */
export function middle() {
  const lons: number[] = []
  const lats: number[] = []
  return {
    add(at: Position | undefined) {
      if (!at || lons.length >= MOST) return
      lons.push(at[0])
      lats.push(at[1])
    },
    position(): Position | undefined {
      const half = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]
      const lon = half(lons)
      const lat = half(lats)
      return lon === undefined || lat === undefined ? undefined : [lon, lat]
    },
  }
}
