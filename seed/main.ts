import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { DomainEvent } from '#server/contract/events.ts'
import type { SubjectRecord } from '#server/contract/subjects.ts'
import { takeLock } from '#server/lock.ts'
import { openLog } from '#server/log/sqlite.ts'
import { DAY } from './calendar.ts'
import { type CityOptions, createCity, wholeMinute } from './city.ts'
import { contactOf } from './contacts.ts'
import { readDemo, writeCity, writeDemo, writeTruth } from './demo-folder.ts'
import type { Delivery } from './life/steps.ts'
import { play, type Sent } from './player.ts'
import { PRESETS, type PresetName } from './presets.ts'
import { seedInto } from './seed-into.ts'

const USAGE = `seed [--preset demo|city|stress|tiny] [--seed N] [--until 2026-11-21T14:30+05:00] [--requests N] [--data FOLDER]
  Creates the demo city Domograd in an empty data folder. The same arguments give the same events on every machine.
seed play --url http://127.0.0.1:8080 [--data FOLDER] [--speed N]
  Plays a demo folder on through the ingest endpoint, from where it was left. Ends when its standard input does.`

/** Contacts of the last days of the history are told when play begins. */
const REMEMBERED = 2 * DAY
const PEOPLE = 500

const note = (line: string) => process.stderr.write(`${line}\n`)

async function main([command, ...rest]: string[]): Promise<void> {
  const args = command === 'play' ? rest : process.argv.slice(2)
  const { values } = parseArgs({
    args,
    options: {
      preset: { type: 'string', default: 'demo' },
      seed: { type: 'string', default: '7' },
      until: { type: 'string' },
      requests: { type: 'string' },
      data: { type: 'string' },
      out: { type: 'string' },
      url: { type: 'string' },
      speed: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return void note(USAGE)
  const dataDir = resolve(values.data ?? values.out ?? process.env.DOMOVOI_DATA ?? 'data')
  if (command === 'play')
    return playFolder(dataDir, values.url ?? 'http://127.0.0.1:8080', speedOf(values.speed))
  return seedFolder(dataDir, {
    preset: presetOf(values.preset),
    seed: wholeOf('seed', values.seed),
    end: values.until ? instantOf(values.until) : wholeMinute(Date.now()),
    ...(values.requests ? { requests: wholeOf('requests', values.requests) } : {}),
  })
}

async function seedFolder(dataDir: string, options: CityOptions): Promise<void> {
  const lock = takeLock(dataDir, { pid: process.pid, command: 'seed' })
  const file = join(dataDir, 'log.sqlite')
  if (existsSync(file))
    throw new Error(
      `${file} exists: Domograd is only built in a folder without a log; name another with --data`,
    )
  const started = performance.now()
  const city = createCity(options)
  writeCity(dataDir, city)
  // Under another name until it is whole: a folder where the seed was interrupted counts as empty.
  const unfinished = `${file}.seeding`
  for (const part of ['', '-wal', '-shm']) rmSync(`${unfinished}${part}`, { force: true })
  const learned = new Map<DomainEvent, number>()
  const log = openLog({
    file: unfinished,
    now: Date.now,
    learnedAt: (event) => learned.get(event) ?? options.end,
  })
  const progress = (done: number, total: number) => {
    if (process.stderr.isTTY)
      process.stderr.write(`\r\u001b[KDomograd: ${Math.round((100 * done) / total)} %`)
  }
  const seeded = await seedInto(log, city, progress, learned)
  await log.close()
  writeTruth(dataDir, options, city.truth())
  renameSync(unfinished, file)
  lock.release()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  note(
    `${process.stderr.isTTY ? '\r\u001b[K' : ''}Domograd stands: ${city.place.houses.length} buildings, ${seeded.requests} requests, ${seeded.events} events, ${seconds} s`,
  )
}

async function playFolder(dataDir: string, url: string, speed: number): Promise<void> {
  const demo = readDemo(dataDir)
  const { playedUntil, ...options } = demo
  const stop = new AbortController()
  process.stdin
    .on('end', () => stop.abort())
    .on('error', () => stop.abort())
    .resume()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort())
  const key =
    process.env.DOMOVOI_KEY?.trim() || readFileSync(join(dataDir, 'ingest.key'), 'utf8').trim()
  const known: SubjectRecord[] = []
  /** Contacts are told beside the events, and again should the server not take them now: nothing depends on them. */
  const introduce = async (people: readonly (SubjectRecord | undefined)[]) => {
    const named = people.flatMap((person) => person ?? [])
    for (let from = 0; from < named.length; from += PEOPLE)
      await post(`${url}/ingest/subjects`, key, named.slice(from, from + PEOPLE), stop.signal)
  }
  let savedAt = 0
  let reachedAt = playedUntil
  const save = () => {
    writeDemo(dataDir, { ...demo, playedUntil: reachedAt })
    savedAt = performance.now()
  }
  await play({
    future: after(playedUntil, createCity(options).future(playedUntil - REMEMBERED), known),
    from: playedUntil,
    speed,
    now: Date.now,
    sleep: (milliseconds) =>
      sleep(milliseconds, undefined, { signal: stop.signal }).catch(() => {}),
    async send(events) {
      await introduce(known.splice(0))
      const sent = await post(`${url}/ingest/events`, key, events, stop.signal)
      if (sent.how === 'taken') await introduce(events.map(contactOf))
      return sent
    },
    // One event less: what happened in the same second is sent again, which its ids make harmless.
    reached(at) {
      reachedAt = at - 1
      if (performance.now() - savedAt > 2_000) save()
    },
    report: note,
    signal: stop.signal,
  })
  save()
  process.exit(0)
}

/** What is delivered later than that; who asked in what was delivered before is told as `people`. */
function* after(
  instant: number,
  days: Iterable<Delivery[]>,
  people: SubjectRecord[],
): Generator<Delivery[]> {
  for (const day of days) {
    for (const { at, event } of day) {
      const person = at <= instant ? contactOf(event) : undefined
      if (person) people.push(person)
    }
    yield day.filter(({ at }) => at > instant)
  }
}

async function post(
  url: string,
  key: string,
  items: readonly (DomainEvent | SubjectRecord)[],
  signal: AbortSignal,
): Promise<Sent> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      body: items.map((item) => JSON.stringify(item)).join('\n'),
      signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
    })
    const answer = await response.text()
    if (response.ok) return { how: 'taken' }
    const why = `${response.status} ${answer.slice(0, 300)}`
    return [400, 409, 413, 422].includes(response.status)
      ? { how: 'refused', why }
      : { how: 'later', why }
  } catch (cause) {
    return { how: 'later', why: cause instanceof Error ? cause.message : String(cause) }
  }
}

function presetOf(word: string): PresetName {
  if (Object.hasOwn(PRESETS, word)) return word as PresetName
  throw new Error(`there is no preset "${word}"; there are ${Object.keys(PRESETS).join(', ')}`)
}

function wholeOf(name: string, word: string): number {
  const value = Number(word)
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new Error(`--${name} is a whole number, not "${word}"`)
}

function instantOf(word: string): number {
  const instant = Date.parse(word)
  if (Number.isFinite(instant)) return instant
  throw new Error(`--until is an instant such as 2026-11-21T14:30+05:00, not "${word}"`)
}

function speedOf(word: string | undefined): number {
  if (word === undefined) return Infinity
  const speed = Number(word)
  if (speed > 0) return speed
  throw new Error(`--speed is a number above zero, such as 60 for an hour a minute, not "${word}"`)
}

main(process.argv.slice(2)).catch((cause) => {
  note(cause instanceof Error ? cause.message : String(cause))
  process.exit(1)
})
