import { z } from 'zod'
import { Evidence, NOTICE_KINDS, SEVERITIES } from '#server/contract/notices.ts'
import type { KeptNotice } from './notices-kept.ts'
import type { Rule } from './rule.ts'

/** Lines of one kind in a message; of more only the number is told. */
export const LINES = 15

const Line = z.object({
  kind: z.enum(NOTICE_KINDS),
  severity: z.enum(SEVERITIES),
  evidence: Evidence,
  firedAt: z.number(),
  overAt: z.number().nullable(),
})
const part = z.object({ count: z.number(), lines: z.array(Line) })

/** What a message says, before it is said in a language and in the manner of a channel. */
export const MessageBody = z.object({
  at: z.number(),
  rule: z
    .object({ name: z.string(), kind: z.enum(NOTICE_KINDS), severity: z.enum(SEVERITIES) })
    .nullable(),
  began: part,
  over: part,
  standing: part,
})
export type MessageBody = z.output<typeof MessageBody>

export const NOTHING = { count: 0, lines: [] }

/** The largest first. */
export function partOf(notices: readonly KeptNotice[]): MessageBody['began'] {
  const lines = notices
    .toSorted((a, b) => b.evidence.value - a.evidence.value || a.firedAt - b.firedAt)
    .slice(0, LINES)
    .map(({ kind, severity, evidence, firedAt, overAt }) => ({
      ...{ kind, severity, evidence, firedAt, overAt },
    }))
  return { count: notices.length, lines }
}

export const headOf = ({ name, kind, severity }: Rule): NonNullable<MessageBody['rule']> => ({
  name,
  kind,
  severity,
})
