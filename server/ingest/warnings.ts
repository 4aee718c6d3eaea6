import { type DomainEvent, isRequestEvent } from '#server/contract/events.ts'
import { maskedName } from '#server/domain/personal.ts'
import { personalFault } from '#server/domain/personal-fault.ts'
import type { Registry } from '#server/domain/registry.ts'
import { strangeTime } from '#server/domain/strange-time.ts'
import type { Log } from '#server/log/log.ts'
import type { LineFault } from './lines.ts'

type Noun = 'building' | 'organization' | 'category' | 'district'

/** References that nothing in the log explains. The events are stored; their requests carry a mark until the registry does. */
export function unknownReferences(
  batch: readonly { line: number; event: DomainEvent }[],
  registry: Registry,
  log: Pick<Log, 'key'>,
): LineFault[] {
  const find = {
    building: (id: string) => registry.buildingById(id),
    organization: (id: string) => registry.organizationById(id),
    category: (id: string) => registry.categoryById(id),
    district: (id: string) => registry.districtById(id),
  }
  const known = new Set<string>()
  for (const { event } of batch) {
    const [noun, verb] = event.type.split('.')
    if (verb === 'registered' && noun && noun in event)
      known.add(`${noun}:${event[noun as keyof DomainEvent]}`)
  }
  const isKnown = (noun: Noun, id: string) => {
    const name = `${noun}:${id}`
    if (known.has(name)) return true
    // The log knows it a moment before the registry does.
    const found = find[noun](id) !== undefined || log.key(name) !== undefined
    if (found) known.add(name)
    return found
  }
  const warnings: LineFault[] = []
  for (const { line, event } of batch)
    for (const noun of Object.keys(find) as Noun[]) {
      const id = noun in event ? event[noun as keyof DomainEvent] : undefined
      if (typeof id === 'string' && !isKnown(noun, id))
        warnings.push({
          line,
          path: noun,
          message: `no ${noun} "${id}" is known; stored and marked`,
        })
    }
  return warnings
}

const STRANGE = {
  future_time: "is more than a day ahead of this server's clock",
  implausible_time: 'is before there were such registers',
}

/** Times of requests that no clock can have shown. */
export const strangeTimes = (
  batch: readonly { line: number; event: DomainEvent }[],
  now: number,
): LineFault[] =>
  batch.flatMap(({ line, event }) => {
    const mark = isRequestEvent(event) ? strangeTime(event.occurredAt, now) : null
    if (!mark) return []
    const time = new Date(event.occurredAt).toISOString()
    return [
      { line, path: 'occurredAt', message: `${time} ${STRANGE[mark]}; stored and marked ${mark}` },
    ]
  })

/** Texts of an event that people wrote freely, and what things are called by. */
const FREE = ['place', 'note', 'ground', 'cause', 'reason', 'body'] as const
const NAMES = ['name', 'contract', 'series', 'heatingPoint'] as const
/** The same in each language. */
const WORDS = ['name', 'address', 'group'] as const

/** Events looked at between two turns of the event loop. */
const READ_AT_ONCE = 500

/** Texts that seem to hold what may never stand in an event. They are stored as they came; the sender has to mend it. */
export async function personalTexts(
  batch: readonly { line: number; event: DomainEvent }[],
): Promise<LineFault[]> {
  const warnings: LineFault[] = []
  for (const [index, { line, event }] of batch.entries()) {
    for (const [path, text] of textsOf(event)) {
      const fault = personalFault(text)
      if (fault)
        warnings.push({ line, path, message: `looks as if it held ${fault.words}; ${MASKED}` })
    }
    if (index % READ_AT_ONCE === READ_AT_ONCE - 1)
      await new Promise((resolve) => setImmediate(resolve))
  }
  return warnings
}
const MASKED =
  'stored as it came and shown masked; the log cannot forget: send contacts to /ingest/subjects'

function* textsOf(event: DomainEvent): Generator<[path: string, text: string]> {
  const textAt = (path: string): unknown =>
    path in event ? event[path as keyof DomainEvent] : undefined
  for (const path of FREE) {
    const text = textAt(path)
    if (typeof text === 'string') yield [path, text]
  }
  for (const path of NAMES) {
    const text = textAt(path)
    if (typeof text === 'string' && maskedName(text) !== text) yield [path, text]
  }
  for (const path of WORDS) {
    const words = textAt(path)
    if (typeof words !== 'object' || words === null) continue
    for (const [language, text] of Object.entries(words))
      if (typeof text === 'string' && maskedName(text) !== text) yield [`${path}.${language}`, text]
  }
}
