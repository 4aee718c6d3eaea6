import { z } from 'zod'
import type { ReplayOf } from '#server/contract/replay.ts'
import type { Words } from '#server/contract/vocabulary.ts'
import { ALL_KNOWN } from '#server/domain/knowledge.ts'
import { answeringAt, buildingHistory, throughMergers } from '#server/domain/tenure.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { livedIn, type Stretch } from './lived.ts'
import { refuseFuture, type Span, spanOf } from './span.ts'

const SHOWN = 100

const Told = z.object({
  request: z.number(),
  number: z.string(),
  registered_at: z.number(),
  received_at: z.number().nullable(),
})
const TOLD = `SELECT request, number, registered_at, received_at FROM request
  WHERE request IN (SELECT unnest($keys))`

export interface RequestThen {
  number: string
  category: Words | null
  emergency: boolean
  registeredAt: number
  /** When the log heard of it. */
  receivedAt: number | null
  dueAt: number | null
  overdue: boolean
  /** By which clocks it stood open. */
  was: boolean
  known: boolean
}
type Holder = { id: string; name: string } | null

export interface BuildingThen extends Span {
  at: number
  /** Who answered, as the register has it today, and as it had it then. */
  was: Holder
  known: Holder
  /** Danger first, then what is most overdue; at most a hundred. */
  requests: RequestThen[]
  open: { was: number; known: number }
  overdue: { was: number; known: number }
}

/** One house at an instant, by both clocks. */
export async function buildingThen(
  context: Pick<Context, 'engine' | 'registry' | 'now'>,
  { id, at, by }: ReplayOf,
): Promise<BuildingThen> {
  refuseFuture(context.now(), at, by)
  const { engine, registry } = context
  const building = registry.buildingById(id)
  if (!building)
    throw new Refusal('NOT_FOUND', `no building "${id}" is known; look for its address in the list`)
  const [span, lived] = await Promise.all([
    spanOf(context),
    livedIn(context, { from: at, to: at, by }, { building: [id] }),
  ])
  const standing = ({ from, to }: Stretch) => from <= at && at < to
  const [was, known] = [lived.was.filter(standing), lived.known.filter(standing)]
  const stretches = new Map([...known, ...was].map((stretch) => [stretch.request, stretch]))
  const rows = z.array(Told).parse(await engine.query(TOLD, { keys: [...stretches.keys()] }))
  const [keysWas, keysKnown] = [was, known].map(
    (some) => new Set(some.map(({ request }) => request)),
  )
  const isOverdue = ({ due }: Stretch) => due < at
  const told = registry.told(building.key)
  const holder = (knownAt: number): Holder => {
    const { held } = buildingHistory(told, knownAt)
    const answers = answeringAt(throughMergers(held, registry.mergers(knownAt)), at)
    const found = answers?.organization
      ? registry.organizationById(answers.organization)
      : undefined
    return found ? { id: found.id, name: found.name } : null
  }
  const requests = rows.flatMap((row): RequestThen[] => {
    const stretch = stretches.get(row.request)
    if (!stretch) return []
    return [
      {
        number: row.number,
        category: registry.category(stretch.category)?.name ?? null,
        emergency: stretch.emergency,
        registeredAt: row.registered_at,
        receivedAt: row.received_at,
        dueAt: Number.isFinite(stretch.due) ? stretch.due : null,
        overdue: isOverdue(stretch),
        was: keysWas?.has(row.request) ?? false,
        known: keysKnown?.has(row.request) ?? false,
      },
    ]
  })
  return {
    ...{ ...span, at, was: holder(ALL_KNOWN), known: holder(by ?? at) },
    requests: requests
      .sort(
        (a, b) =>
          Number(b.emergency && b.overdue) - Number(a.emergency && a.overdue) ||
          (a.dueAt ?? Number.MAX_SAFE_INTEGER) - (b.dueAt ?? Number.MAX_SAFE_INTEGER) ||
          a.registeredAt - b.registeredAt ||
          (a.number < b.number ? -1 : 1),
      )
      .slice(0, SHOWN),
    open: { was: was.length, known: known.length },
    overdue: { was: was.filter(isOverdue).length, known: known.filter(isOverdue).length },
  }
}
