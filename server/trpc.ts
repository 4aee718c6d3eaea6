import { initTRPC, TRPCError } from '@trpc/server'
import { z } from 'zod'
import type { City } from './config.ts'
import type { Refused } from './contract/refusals.ts'
import type { Role } from './contract/roles.ts'
import type { NormBook } from './domain/norm/book.ts'
import type { Registry } from './domain/registry.ts'
import type { Judging } from './judgement/kept.ts'
import type { Board } from './live/board.ts'
import type { SqliteLog } from './log/sqlite.ts'
import type { Notices } from './notices/notices.ts'
import type { OutageWatch } from './outages/watch.ts'
import type { Screens } from './screens/screens.ts'
import type { SourceWorld } from './sources/world.ts'
import { type Engine, FactsUnavailableError } from './store/engine.ts'
import type { Subjects } from './subjects/subjects.ts'

export interface Context {
  engine: Engine
  registry: Registry
  board: Board
  outages: OutageWatch
  log: SqliteLog
  city: City
  /** The norms in force in the city. */
  norms: NormBook
  /** The policy, the evaluation of the last midnight, and what was said by earlier ones. */
  judging: Judging
  subjects: Subjects
  /** Those on walls. */
  screens: Screens
  /** Rules, what they found, and who was told. */
  notices: Notices
  sources: SourceWorld
  /** What whoever asks may see of people; from DOMOVOI_ROLE, because there is no login yet. */
  role: Role
  /** The address that asks, where bounds are kept by it; the server itself asks without one. */
  sender?: string | undefined
  /** UTC epoch milliseconds; pinned by DOMOVOI_NOW. */
  now: () => number
  /** An id that no other has. */
  newId: () => string
  /** `now` stands still. */
  pinned?: boolean | undefined
  /** For faults that the user is told nothing about. */
  report: (where: string, cause: unknown) => void
}

/** What the user may read: says what is wrong, where, and what to do. */
export class Refusal extends Error {
  readonly code:
    | 'BAD_REQUEST'
    | 'FORBIDDEN'
    | 'NOT_FOUND'
    | 'CONFLICT'
    | 'SERVICE_UNAVAILABLE'
    | 'TOO_MANY_REQUESTS'
  /** For a screen that says it in the reader's language. */
  readonly refused: Refused | undefined
  constructor(code: Refusal['code'], message: string, refused?: Refused) {
    super(message)
    this.code = code
    this.refused = refused
  }
}

// Otherwise an error carries its stack, and with it the paths of this machine.
const t = initTRPC.context<Context>().create({
  isDev: false,
  errorFormatter({ shape, error: { cause } }) {
    if (cause instanceof z.core.$ZodError) return { ...shape, message: sentence(cause) }
    const refused = cause instanceof Refusal ? cause.refused : undefined
    return { ...shape, data: { ...shape.data, ...(refused && { refused }) } }
  },
})
export const router = t.router

/** The only translation of errors: a Refusal is told, everything else is logged whole and told as nothing. */
export const procedure = t.procedure.use(async ({ ctx, path, next }) => {
  const result = await next()
  if (result.ok || result.error.code !== 'INTERNAL_SERVER_ERROR') return result
  const { cause } = result.error
  if (cause instanceof Refusal)
    throw new TRPCError({ code: cause.code, message: cause.message, cause })
  if (cause instanceof FactsUnavailableError)
    throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: cause.message })
  ctx.report(path, cause)
  throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'internal error' })
})

const TOLD = 5

/** What of a question is not right, by field; never the values, which may be personal. */
function sentence({ issues }: z.core.$ZodError): string {
  const faults = issues
    .slice(0, TOLD)
    .map(({ path, message }) => `${path.join('.') || 'the question'}: ${message}`)
  return `the question is not right: ${faults.join('; ')}${issues.length > TOLD ? '; …' : ''}`
}
