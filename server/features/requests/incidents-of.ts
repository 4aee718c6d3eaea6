import { z } from 'zod'
import type { Engine } from '#server/store/engine.ts'
import type { LineFacts } from './lines.ts'

export interface InIncident {
  /** Number of the first request of its incident, its own where it is the first. */
  head: string | null
  /** All requests of it, whatever is filtered; tests are incidents of their own. */
  size: number
  duplicateOf: string | null
  hiddenRepeatOf: string | null
}

const NUMBERS = 'SELECT request, number FROM request WHERE request IN (SELECT unnest($keys))'
const SIZES = `
  SELECT incident AS request, CAST(count(*) AS INTEGER) AS size FROM request
  WHERE incident IN (SELECT unnest($keys))
  GROUP BY incident`

const Numbers = z.array(z.object({ request: z.number(), number: z.string() }))
const Sizes = z.array(z.object({ request: z.number(), size: z.number() }))

/** Which incidents these requests are of, and what they repeat, by number; read once, not kept for others. */
export async function incidentsOf(
  engine: Engine,
  rows: readonly LineFacts[],
): Promise<(facts: LineFacts) => InIncident> {
  const heads = new Set(rows.map(({ incident }) => incident))
  const keys = new Set(
    rows.flatMap((row) =>
      [row.incident, row.duplicate_of, row.hidden_repeat_of].filter((key) => key !== null),
    ),
  )
  if (keys.size === 0)
    return () => ({ head: null, size: 0, duplicateOf: null, hiddenRepeatOf: null })
  const [named, counted] = [
    Numbers.parse(await engine.query(NUMBERS, { keys: [...keys] })),
    Sizes.parse(await engine.query(SIZES, { keys: [...heads] })),
  ]
  const numbers = new Map(named.map(({ request, number }) => [request, number]))
  const sizes = new Map(counted.map(({ request, size }) => [request, size]))
  const number = (key: number | null) => (key === null ? null : (numbers.get(key) ?? null))
  return (facts) => ({
    head: number(facts.incident),
    size: sizes.get(facts.incident) ?? 1,
    duplicateOf: number(facts.duplicate_of),
    hiddenRepeatOf: number(facts.hidden_repeat_of),
  })
}
