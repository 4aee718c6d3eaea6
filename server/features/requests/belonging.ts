import { z } from 'zod'
import { tell } from '#server/desk.ts'
import { ask } from '#server/store/ask.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { factsOf, type LineFacts, lineOf, type RequestLine } from './lines.ts'

const key = z.number().int()
const SHOWN = 100

/** The other requests of its incident, those it repeats or doubles, and those that repeat or double it; one scan. */
const BELONGING = {
  name: 'requests.belonging',
  row: z.object({
    request: key,
    incident: key,
    hidden_repeat_of: key.nullable(),
    duplicate_of: key.nullable(),
  }),
  sql: `
    SELECT request, incident, hidden_repeat_of, duplicate_of
    FROM request
    WHERE request <> $request
      AND (incident = $incident OR hidden_repeat_of = $request OR duplicate_of = $request
        OR request = $repeated OR request = $doubled)
    ORDER BY registered_at, request`,
}

export interface Belonging {
  incident: {
    /** Number of its first request; null where it is this one. */
    head: string | null
    /** Requests in it, this one included. */
    size: number
    /** The others, the earliest first, at most a hundred. */
    others: RequestLine[]
    /** A person placed it there; else the rule did. */
    byPerson: boolean
  }
  /** The closed request of the same flat or riser whose fault came back with this one. */
  hiddenRepeatOf: RequestLine | null
  hiddenRepeats: RequestLine[]
  duplicateOf: RequestLine | null
  duplicates: RequestLine[]
}

export async function belongingOf(
  { engine, registry }: Pick<Context, 'engine' | 'registry'>,
  row: LineFacts,
): Promise<Belonging> {
  const { request, incident } = row
  const found = await ask(engine, BELONGING, {
    request,
    incident,
    repeated: row.hidden_repeat_of ?? 0,
    doubled: row.duplicate_of ?? 0,
  })
  const members = found.filter((other) => other.incident === incident)
  const related = found.filter((other) => other.incident !== incident)
  const keys = [...members.slice(0, SHOWN), ...related.slice(0, SHOWN)].map(
    (other) => other.request,
  )
  if (incident !== request && !keys.includes(incident)) keys.push(incident)
  for (const one of [row.hidden_repeat_of, row.duplicate_of])
    if (one !== null && !keys.includes(one)) keys.push(one)
  const lines = new Map(
    (await factsOf(engine, keys)).map((other) => [other.request, lineOf(other, registry)]),
  )
  const lineAt = (other: number | null) => (other === null ? null : (lines.get(other) ?? null))
  const linesOf = (others: readonly { request: number }[]) =>
    others.flatMap((other) => lines.get(other.request) ?? [])
  return {
    incident: {
      head: incident === request ? null : (lineAt(incident)?.number ?? null),
      size: members.length + 1,
      others: linesOf(members),
      byPerson: row.joined_to !== null,
    },
    hiddenRepeatOf: lineAt(row.hidden_repeat_of),
    hiddenRepeats: linesOf(found.filter((other) => other.hidden_repeat_of === request)),
    duplicateOf: lineAt(row.duplicate_of),
    duplicates: linesOf(found.filter((other) => other.duplicate_of === request)),
  }
}

type Desk = Pick<Context, 'log' | 'now' | 'newId'>

const known = ({ log }: Desk, number: string) => {
  if (log.key(`request:${number}`) === undefined)
    throw new Refusal('NOT_FOUND', `no request has the number "${number}"; check the number`)
}

/** A person says that it is of the incident of another request. */
export async function join(context: Desk, number: string, to: string) {
  known(context, number)
  known(context, to)
  if (number === to)
    throw new Refusal('BAD_REQUEST', 'a request is not joined to itself; give another number')
  return tell(context, 'operator', [{ type: 'request.joined', request: number, to }])
}

/** A person says that it is an incident of its own. */
export async function split(context: Desk, number: string) {
  known(context, number)
  return tell(context, 'operator', [{ type: 'request.split', request: number }])
}
