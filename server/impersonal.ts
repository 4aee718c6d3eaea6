import { personalFault } from './domain/personal-fault.ts'
import { Refusal } from './trpc.ts'

/** What a person types and everybody reads later is not about a person. */
export function mustBeImpersonal(text: string, what: string) {
  const fault = personalFault(text)
  if (!fault) return
  const { looksLike, end, words } = fault
  throw new Refusal(
    'BAD_REQUEST',
    `the ${what} looks as if it held ${words}; write it without: it is kept for long and everybody reads it`,
    { why: 'personal', looksLike, end },
  )
}
