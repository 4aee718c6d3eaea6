import type { z } from 'zod'
import {
  type DomainEvent,
  EVENT_TYPES,
  Event,
  isFlagEvent,
  isPresetEvent,
} from '#server/contract/events.ts'
import type { Item, LineFault } from './lines.ts'
import { personalNames, type Told } from './personal-names.ts'

const DEPTH = 16
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** Whoever is judged must not be able to say that it is not, nor by which definitions. */
const OWN_WORD =
  'flags and definitions are told by the evaluation and at its screens, never by a source; leave these lines out'

export type Checked = { event: DomainEvent } | { faults: LineFault[] }

/** One event of a batch against the contract, with every fault told by field and in words. */
export function check(item: Item, told: Told = () => []): Checked {
  const hostile = hostileFaults(item)
  if (hostile) return { faults: hostile }
  const { line, value } = item
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : null
  if (typeof type === 'string' && !EVENT_TYPES.has(type))
    return {
      faults: [
        {
          line,
          path: 'type',
          message: `unknown event type "${shorten(type)}"; GET /ingest/schema tells the known ones`,
        },
      ],
    }
  const parsed = Event.safeParse(value)
  if (!parsed.success)
    return { faults: parsed.error.issues.flatMap((issue) => faultsOf(line, issue)) }
  if (isFlagEvent(parsed.data) || isPresetEvent(parsed.data))
    return { faults: [{ line, path: 'type', message: OWN_WORD }] }
  const personal = personalNames(line, parsed.data, told)
  return personal.length > 0 ? { faults: personal } : { event: parsed.data }
}

/** One item of a batch against any schema. Faults never repeat a value. */
export function checkAgainst<T>(
  schema: z.ZodType<T>,
  item: Item,
): { value: T } | { faults: LineFault[] } {
  const hostile = hostileFaults(item)
  if (hostile) return { faults: hostile }
  const parsed = schema.safeParse(item.value)
  if (parsed.success) return { value: parsed.data }
  return { faults: parsed.error.issues.flatMap((issue) => faultsOf(item.line, issue)) }
}

function hostileFaults({ line, value }: Item): LineFault[] | undefined {
  const hostile = findHostile(value, 0)
  return hostile && [{ line, path: shorten(hostile.path.join('.')), message: hostile.message }]
}

function faultsOf(line: number, issue: z.core.$ZodIssue): LineFault[] {
  const path = issue.path.map(String).join('.')
  const within = (key: string) => (path ? `${path}.${key}` : key)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      line,
      path: shorten(within(key)),
      message: `unknown field "${shorten(key)}"`,
    }))
  return [{ line, path, message: wordsOf(issue) }]
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union' && issue.path.length === 1 && issue.path[0] === 'type')
    return 'the event has no type'
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return 'is missing'
  const [, rest = issue.message] =
    /^(?:Invalid (?:input|string|option|key): )(.*)$/s.exec(issue.message) ?? []
  return shorten(rest, 300)
}

const shorten = (text: string, most = 80) => (text.length > most ? `${text.slice(0, most)}…` : text)

interface Hostile {
  path: string[]
  message: string
}

/** What a schema does not look at, or only after it is too late: names that reach prototypes, depth, broken text. */
function findHostile(value: unknown, depth: number): Hostile | undefined {
  const fault = (message: string): Hostile => ({ path: [], message })
  if (typeof value === 'string') {
    if (!value.isWellFormed()) return fault('holds half of a surrogate pair, which is not text')
    return value.includes('\0') ? fault('holds a NUL character') : undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  if (depth >= DEPTH) return fault(`is nested deeper than ${DEPTH} levels`)
  for (const [key, inner] of Object.entries(value)) {
    const found = FORBIDDEN.has(key)
      ? fault(`a field may not be called "${key}"`)
      : findHostile(inner, depth + 1)
    if (found) return { ...found, path: [key, ...found.path] }
  }
  return undefined
}
