import { existsSync } from 'node:fs'
import type { Log } from '#server/log/log.ts'
import { createChanges } from './changes.ts'
import type { Facts } from './duckdb.ts'
import { type Engine, FactsUnavailableError } from './engine.ts'
import {
  hasRoom,
  holderOf,
  isDamage,
  isFull,
  isInvalidated,
  openFactsFile,
  quarantine,
  removeFacts,
  swapIn,
  VersionError,
} from './facts-file.ts'
import { patiently } from './patiently.ts'
import { type CityRules, fingerprintAt, fingerprintOfRules, writeRules } from './projection.ts'
import { createProjector, type Projector } from './projector.ts'
import { rebuild } from './rebuild.ts'
import { type MemoryRegistry, memoryRegistry } from './registry-memory.ts'

export interface StoreOptions extends CityRules {
  log: Log
  /** Path of the facts file; the folder exists. */
  file: string
  /** IANA zone of the city. */
  zone: string
  /** Names of the city itself, which an address may carry or lack. */
  homes?: readonly string[] | undefined
  /** UTC epoch milliseconds, for the names of quarantined files. */
  now: () => number
  memoryLimitMb?: number
  after?: (milliseconds: number, run: () => void) => void
  report?: (where: string, cause: unknown) => void
  /** Hears in a sentence what is news and no fault. */
  tell?: (sentence: string) => void
  progress?: (done: number, total: number) => void
}

/** What the facts are doing: `serving`, or why they cannot answer now. */
export type Condition = 'serving' | 'reopening' | 'rebuilding'

export interface Store {
  engine: Engine
  registry: MemoryRegistry
  projector: Projector
  condition(): Condition
  /** Resolves when damage that was met is healed; at once, and with false, when none was. */
  recovered(): Promise<boolean>
  /** Reads every block of every table; a damaged one is found here before a question meets it. */
  check(): Promise<void>
  close(): Promise<void>
}

const TABLES = ['request', 'spell', 'version', 'building', 'tenure']
const RETRY_MS = 1000

/**
 * The facts over the log. A file that is missing, damaged, of another version or of another log is rebuilt, and a damaged or
 * strange one kept aside; an instance that the engine has given up is opened again: at the start, or when a question or a
 * transaction meets it.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { log, file, zone, norms, authority, now, report = () => {}, tell = () => {} } = options
  const after = options.after ?? ((milliseconds, run) => void setTimeout(run, milliseconds))
  let condition: Condition = 'reopening'
  let revision = 1
  const changes = createChanges()
  let closed = false
  let healing: Promise<void> | undefined
  let current: Facts | undefined
  let readOnly = false

  async function rebuildAside() {
    condition = 'rebuilding'
    const fresh = `${file}.new`
    await rebuild({ ...options, file: fresh })
    swapIn(fresh, file)
    return openFactsFile(options)
  }

  /** The facts in the file, or new ones where those are of no use. */
  async function openOrRebuild(): Promise<Facts> {
    condition = 'reopening'
    removeFacts(`${file}.new`)
    if (!existsSync(file)) {
      if (log.lastSeq() > 0) return rebuildAside()
      const empty = await openFactsFile(options)
      await followsRules(empty, options)
      return empty
    }
    let why: unknown
    try {
      const facts = await openFactsFile(options)
      why = await strangeness(facts, log)
      if (!why && (await followsRules(facts, options))) return facts
      if (!why) {
        await facts.close()
        tell(
          'the norms or the authority of the city have changed: the facts are made anew from the log',
        )
        return rebuildAside()
      }
      await facts.close()
    } catch (cause) {
      if (isInvalidated(cause) && !isDamage(cause)) throw cause
      const holder = holderOf(cause)
      if (holder)
        throw new Error(
          `the facts in ${file} are open in another program, ${holder}: close it there and start again`,
          { cause },
        )
      if (cause instanceof VersionError) {
        tell(`${cause.message}: they are made anew from the log`)
        return rebuildAside()
      }
      why = cause
    }
    const damaged = quarantine(file, now())
    report(
      'facts',
      new Error(`the facts were put aside as ${damaged} and are rebuilt from the log`, {
        cause: why,
      }),
    )
    return rebuildAside()
  }

  /** Gives up the open instance and comes back with one that works, however long that takes. */
  function heal(cause: unknown): Promise<void> {
    healing ??= (async () => {
      const broken = current
      current = undefined
      readOnly = false
      condition = 'reopening'
      report('facts', new Error('the facts cannot be used as they are open', { cause }))
      await broken?.close().catch((fault) => report('facts.close', fault))
      if (isDamage(cause)) {
        const damaged = quarantine(file, now())
        report(
          'facts',
          new Error(`the facts were put aside as ${damaged} and are rebuilt from the log`),
        )
      }
      while (!closed)
        try {
          current = await openOrRebuild()
          condition = 'serving'
          changes.note(++revision, Number.NEGATIVE_INFINITY)
          break
        } catch (fault) {
          report('facts.open', fault)
          if (isFull(fault) && (await openToRead())) break
          await new Promise<void>((resolve) => after(RETRY_MS, resolve))
        }
    })().finally(() => {
      healing = undefined
    })
    return healing
  }

  /** On a full disk what is there can still be read; the next write that finds room comes back to writing. */
  async function openToRead(): Promise<boolean> {
    try {
      current = await openFactsFile({ ...options, readOnly: true })
    } catch (fault) {
      report('facts.open', fault)
      return false
    }
    readOnly = true
    condition = 'serving'
    changes.note(++revision, Number.NEGATIVE_INFINITY)
    return true
  }

  const usable = () => {
    if (current) return current
    throw new FactsUnavailableError(
      condition === 'rebuilding'
        ? 'the facts are being rebuilt from the log; the answer will come by itself'
        : 'the facts are being opened again; the answer will come by itself',
    )
  }
  const notice = (cause: unknown, used: Facts) => {
    if (used !== current || !(isDamage(cause) || isInvalidated(cause))) return
    heal(cause).catch((fault) => report('facts.heal', fault))
  }

  const facts: Facts = {
    async query(sql, params) {
      const used = usable()
      try {
        return await used.query(sql, params)
      } catch (cause) {
        notice(cause, used)
        throw cause
      }
    },
    async columns(sql, params) {
      const used = usable()
      try {
        return await used.columns(sql, params)
      } catch (cause) {
        notice(cause, used)
        throw cause
      }
    },
    async integers(sql, params) {
      const used = usable()
      try {
        return await used.integers(sql, params)
      } catch (cause) {
        notice(cause, used)
        throw cause
      }
    },
    async *stream(sql, params) {
      const used = usable()
      try {
        yield* used.stream(sql, params)
      } catch (cause) {
        notice(cause, used)
        throw cause
      }
    },
    async write(work) {
      if (!(await hasRoom(file)))
        throw new FactsUnavailableError('the disk is full: the facts stay as they are')
      if (readOnly) await heal(new Error('there is room on the disk again'))
      const used = usable()
      try {
        const touched = await used.write(work)
        changes.note(++revision, touched)
        return touched
      } catch (cause) {
        notice(cause, used)
        throw cause
      }
    },
    revision: () => revision,
    changedFrom: changes.changedFrom,
    checkpoint: () => usable().checkpoint(),
    async close() {
      closed = true
      await healing
      await current?.close()
      current = undefined
    },
  }

  current = await openOrRebuild()
  condition = 'serving'
  /** False when nothing is being healed; else true, after it is. */
  const recovered = async () => {
    if (!healing) return false
    await healing
    return true
  }
  const { registry, projector } = await patiently(recovered, async () => {
    const registry = memoryRegistry(options.homes)
    const projector = createProjector({
      ...{ log, facts, registry, zone, norms, authority, after, report },
    })
    try {
      await projector.start()
      return { registry, projector }
    } catch (cause) {
      await projector.stop()
      throw cause
    }
  }).catch(async (cause) => {
    await facts.close()
    throw cause
  })

  return {
    engine: facts,
    registry,
    projector,
    condition: () => condition,
    recovered,
    async check() {
      for (const table of TABLES)
        await facts.query(`SELECT bit_xor(hash(COLUMNS(*))) FROM ${table}`)
    },
    async close() {
      await projector.stop()
      await facts.close()
    },
  }
}

/** Whether these facts were made by these rules; facts of no event take them on. */
async function followsRules(facts: Facts, rules: CityRules): Promise<boolean> {
  const rows = await facts.query(`SELECT key, value FROM meta WHERE key IN ('rules', 'seq')`)
  const meta = new Map(rows.map((row) => [row.key, Number(row.value)]))
  if ((meta.get('rules') ?? 0) === fingerprintOfRules(rules)) return true
  if ((meta.get('seq') ?? 0) > 0) return false
  await facts.write((writer) => writeRules(writer, rules))
  return true
}

/** Why these facts cannot be of this log; undefined when they can. */
async function strangeness(facts: Facts, log: Log): Promise<Error | undefined> {
  const rows = await facts.query('SELECT key, value FROM meta')
  const meta = new Map(rows.map((row) => [row.key, Number(row.value)]))
  const seq = meta.get('seq') ?? 0
  if (seq > log.lastSeq())
    return new Error(`the facts know event ${seq}, the log ends at ${log.lastSeq()}`)
  if (meta.get('event') !== fingerprintAt(log, seq))
    return new Error(`event ${seq} is another in the log than in the facts`)
  return undefined
}
