import type { DatabaseSync } from 'node:sqlite'

/** Events come from programs, rows from files; the events that rows became are counted as events too. */
export type IntakeUnit = 'event' | 'row'

/** What became of what arrived in a quarter of an hour. `arrived` = `stored` + `known` + `quarantined`, always. */
export interface IntakeCounts {
  /** Counted where it came in, apart from what became of it. */
  arrived: number
  stored: number
  known: number
  quarantined: number
  /** Nothing of the batch was stored; its sender was told why and may send it again. Not among `arrived`. */
  refused: number
  /** Refused batches that held events of the source, or that nobody could read. */
  batches: number
}
export interface IntakeRow extends IntakeCounts {
  /** UTC epoch milliseconds of the beginning of a quarter of an hour; all zones begin their days at one. */
  slot: number
  source: string
  unit: IntakeUnit
}
/** A batch that was not taken. Holds no value of an event. */
export interface IntakeRefusal {
  at: number
  source: string
  /** Of HTTP; 207 where the rest of the message was stored. */
  status: number
  events: number
  reason: string
}

/** All that ever arrived of a source, by unit. */
export interface IntakeTotal extends IntakeCounts {
  source: string
  unit: IntakeUnit
  /** Beginning of the last quarter of an hour in which something arrived; null where nothing ever did. */
  lastSlot: number | null
}

/** What arrived by the clock of this machine, by source: beside the log because the log holds only what was new. */
export interface Intake {
  /** From `from` on, in order. */
  rows(from: number): IntakeRow[]
  totals(): IntakeTotal[]
  /** recorded - occurred of the newest events of requests, milliseconds, newest last. */
  delays(among: number): { source: string; delay: number }[]
  /** Newest first. `source` empty: those that did not say who they are. */
  refusals(source: string, limit: number): IntakeRefusal[]
  refuse(refusal: Omit<IntakeRefusal, 'at'>): void
  /** Events that came again and were known by their message alone. */
  repeat(source: string, events: number): void
  /** Of what was taken, events that contradict what stands and could not be stored. */
  quarantine(source: string, events: number, reason: string): void
}

export const SLOT_MS = 15 * 60_000
const slotOf = (instant: number) => Math.floor(instant / SLOT_MS) * SLOT_MS

/** Refused batches that are kept in words; their counts are kept for good. */
const REFUSALS = 2000
const KEPT_OUT = 207
/** Of refused events the sources may be invented: beyond so many names they are counted without one. */
const NAMES = 500

export const INTAKE_DDL = `
  CREATE TABLE IF NOT EXISTS intake (
    slot INTEGER NOT NULL, source TEXT NOT NULL, unit TEXT NOT NULL, arrived INTEGER NOT NULL DEFAULT 0,
    stored INTEGER NOT NULL DEFAULT 0, known INTEGER NOT NULL DEFAULT 0, quarantined INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    batches INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (slot, source, unit)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS refusal (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, source TEXT NOT NULL, status INTEGER NOT NULL, events INTEGER NOT NULL,
    reason TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS refusal_source ON refusal (source, id);`

/** For a log that was written before arrivals were counted: what it holds arrived once, and so did the rows of its imports. */
export const INTAKE_OF_LOG = `
  INSERT INTO intake (slot, source, unit, arrived, stored)
    SELECT recorded_at - ((recorded_at % ${SLOT_MS}) + ${SLOT_MS}) % ${SLOT_MS}, source, 'event', count(*), count(*)
    FROM event GROUP BY 1, 2;
  INSERT INTO intake (slot, source, unit, arrived, stored, known, quarantined)
    SELECT at - ((at % ${SLOT_MS}) + ${SLOT_MS}) % ${SLOT_MS}, source, 'row', sum(read), sum(stored), sum(known), sum(quarantined)
    FROM import GROUP BY 1, 2`

const NOTHING: IntakeCounts = {
  ...{ arrived: 0, stored: 0, known: 0 },
  ...{ quarantined: 0, refused: 0, batches: 0 },
}

export interface IntakeWriter extends Intake {
  /** The transaction was undone: what was counted in it was not. */
  forget(): void
  /** Within the transaction that stores what is counted. */
  add(source: string, at: number, unit: IntakeUnit, counts: Partial<IntakeCounts>): void
}

export function createIntake(db: DatabaseSync, now: () => number): IntakeWriter {
  const put = db.prepare(`
    INSERT INTO intake VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
      arrived = arrived + excluded.arrived, stored = stored + excluded.stored, known = known + excluded.known,
      quarantined = quarantined + excluded.quarantined, refused = refused + excluded.refused,
      batches = batches + excluded.batches`)
  const rows = db.prepare('SELECT * FROM intake WHERE slot >= ? ORDER BY slot, source, unit')
  const totals = db.prepare(`
    SELECT source, unit, sum(arrived) AS arrived, sum(stored) AS stored, sum(known) AS known,
      sum(quarantined) AS quarantined, sum(refused) AS refused, sum(batches) AS batches,
      max(CASE WHEN arrived > 0 THEN slot END) AS lastSlot
    FROM intake GROUP BY source, unit ORDER BY source, unit`)
  const delays = db.prepare(`
    SELECT source, recorded_at - occurred_at AS delay FROM event
    WHERE seq > (SELECT coalesce(max(seq), 0) FROM event) - ? AND substr(type, 1, 8) = 'request.'
      AND json_extract(body, '$.timeUnknown') IS NULL
    ORDER BY seq`)
  const refusals = db.prepare(
    'SELECT at, source, status, events, reason FROM refusal WHERE source = ? ORDER BY id DESC LIMIT ?',
  )
  const note = db.prepare(
    'INSERT INTO refusal (at, source, status, events, reason) VALUES (?, ?, ?, ?, ?)',
  )
  const forget = db.prepare('DELETE FROM refusal WHERE id <= ?')

  let sums: Map<string, IntakeTotal> | undefined
  function add(source: string, at: number, unit: IntakeUnit, counts: Partial<IntakeCounts>) {
    const { arrived = 0, stored = 0, known = 0, quarantined = 0, refused = 0, batches = 0 } = counts
    const slot = slotOf(at)
    put.run(slot, source, unit, arrived, stored, known, quarantined, refused, batches)
    if (!sums) return
    const key = `${unit} ${source}`
    const sum = sums.get(key) ?? { source, unit, ...NOTHING, lastSlot: null }
    sums.set(key, sum)
    for (const [name, more] of Object.entries(counts)) sum[name as keyof IntakeCounts] += more
    if (arrived > 0) sum.lastSlot = Math.max(sum.lastSlot ?? slot, slot)
  }
  /** Summed once and then counted on: the table grows by a row each quarter of an hour and source. */
  function sumsOf() {
    sums ??= new Map(
      (totals.all() as unknown as IntakeTotal[]).map((sum) => [
        `${sum.unit} ${sum.source}`,
        { ...sum },
      ]),
    )
    return sums
  }
  function tell({
    counts,
    source,
    status,
    events,
    reason,
  }: Omit<IntakeRefusal, 'at'> & { counts: Partial<IntakeCounts> }) {
    const at = now()
    const all = sumsOf()
    const known = all.has(`event ${source}`) || all.has(`row ${source}`)
    const name = known || all.size < NAMES ? source : ''
    db.exec('BEGIN IMMEDIATE')
    try {
      add(name, at, 'event', counts)
      const { lastInsertRowid } = note.run(at, name, status, events, reason.slice(0, 500))
      forget.run(Number(lastInsertRowid) - REFUSALS)
      db.exec('COMMIT')
    } catch (cause) {
      if (db.isTransaction) db.exec('ROLLBACK')
      sums = undefined
      throw cause
    }
  }
  return {
    add,
    // The columns of these tables are exactly the fields of the types (STRICT tables).
    rows: (from) => rows.all(slotOf(from)) as unknown as IntakeRow[],
    totals: () => [...sumsOf().values()].map((sum) => ({ ...sum })),
    forget() {
      sums = undefined
    },
    delays: (among) => delays.all(among) as unknown as { source: string; delay: number }[],
    refusals: (source, limit) => refusals.all(source, limit) as unknown as IntakeRefusal[],
    refuse: ({ source, status, events, reason }) =>
      tell({ source, status, reason, counts: { refused: events, batches: 1 }, events }),
    repeat: (source, events) => add(source, now(), 'event', { arrived: events, known: events }),
    quarantine: (source, events, reason) =>
      tell({
        ...{ source, status: KEPT_OUT, events, reason },
        counts: { arrived: events, quarantined: events },
      }),
  }
}

/** Counts one batch in memory, so that a batch of one source is one row to write. */
export function countArrivals() {
  type Arrival = Pick<IntakeCounts, 'arrived' | 'stored' | 'known'> & {
    source: string
    slot: number
  }
  const all = new Map<string, Arrival>()
  let last: Arrival | undefined
  return {
    of(source: string, recordedAt: number): Arrival {
      const slot = slotOf(recordedAt)
      if (last?.source === source && last.slot === slot) return last
      const key = `${slot} ${source}`
      last = all.get(key) ?? { source, slot, arrived: 0, stored: 0, known: 0 }
      all.set(key, last)
      return last
    },
    write(intake: IntakeWriter) {
      for (const { source, slot, ...counts } of all.values())
        intake.add(source, slot, 'event', counts)
    },
  }
}
