import type { FlagDecision } from '#server/contract/flags.ts'
import { tell } from '#server/desk.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { courseOf, eventsOf, isStanding } from './course.ts'
import { withinId } from './step-id.ts'

type Desk = Pick<Context, 'log' | 'now' | 'newId' | 'role'>

/** What the organization says to a flag that stands. It is kept as it was said, and adds to the dossier. */
export function reply(desk: Desk, { flag, text }: { flag: string; text: string }) {
  const { organization, seq } = standing(desk, flag)
  return tell(desk, 'organization', [
    {
      id: `desk:reply:${withinId(flag)}:${seq}`,
      type: 'flag.replied',
      flag,
      organization,
      text,
    },
  ])
}

interface Decision {
  flag: string
  decision: FlagDecision
  reason: string
  /** Number of the last event of its course that the inspector was shown. */
  seen: number
}

/** An inspector's word on a flag that stands. */
export function decide(desk: Desk, { flag, decision, reason, seen }: Decision) {
  if (!mayDecide(desk.role))
    throw new Refusal('FORBIDDEN', 'only an inspector decides on a flag; ask one to do it')
  const { organization, seq } = standing(desk, flag)
  if (seq !== seen)
    throw new Refusal(
      'CONFLICT',
      `something was said of the flag "${flag}" since the page was shown; read its course and decide again`,
    )
  return tell(desk, 'inspector', [
    {
      id: `desk:decision:${withinId(flag)}:${seq}`,
      type: 'flag.decided',
      flag,
      organization,
      decision,
      reason,
    },
  ])
}

/** Until there is a login the whole server has one role; the city hall decides too, a wall and a desk do not. */
export const mayDecide = (role: Context['role']) => role === 'inspector' || role === 'official'

/** Two words upon the same state are one: the id of an act holds the number of the last event. */
function standing(desk: Desk, flag: string) {
  const events = eventsOf(desk, flag)
  const last = events.at(-1)
  if (!last)
    throw new Refusal(
      'NOT_FOUND',
      `nothing was proposed under "${flag}": there is nothing to answer; see the list of flags`,
    )
  if (!isStanding(courseOf(desk, flag)))
    throw new Refusal('CONFLICT', `the flag "${flag}" was withdrawn: nothing waits for an answer`)
  return { organization: last.organization, seq: last.seq }
}
