import { HOUR, MINUTE } from '../calendar.ts'
import type { Arrival } from '../demand/arrival.ts'
import { TROUBLES, type Trouble } from '../demand/categories.ts'
import type { Random } from '../random.ts'
import type { Source } from '../sources.ts'
import { type Step, whole } from './steps.ts'

/** Share of requests of which the dispatcher notes the wrong one of two alike categories at first. */
const MISTAKEN = 0.012
const ANONYMOUS = 0.15

/** The registration, and what is soon put right about it. */
export function registration(
  arrival: Arrival,
  source: Source,
  building: string,
  random: Random,
): Step[] {
  const { trouble, at, channel, entrance, riser, subject, number } = arrival
  const bySelf = source === 'portal' || source === 'app'
  const social = channel === 'social_network'
  const sibling = random.chance(MISTAKEN) ? likeIt(trouble, random) : undefined
  const registered: Step = {
    type: 'request.registered',
    at,
    source,
    party: bySelf ? 'resident' : 'operator',
    body: {
      building,
      category: sibling?.id ?? trouble.id,
      channel,
      priority: trouble.priority,
      kind: social && trouble.kind === 'work_request' ? 'message' : trouble.kind,
      // The portal promises an answer by a day of its own; of everything else the norms of the city say until when.
      ...(source === 'portal' && trouble.kind !== 'work_request'
        ? { dueAt: at + trouble.normHours * HOUR }
        : {}),
      entrance,
      ...(trouble.trade === 'plumbing' ? { riser } : {}),
      ...(social
        ? { url: `https://social.example/domograd/post/${number.slice(2)}` }
        : bySelf || !random.chance(ANONYMOUS)
          ? { subjectId: subject }
          : {}),
      ...(bySelf ? { identityVerified: true } : {}),
    },
  }
  if (!sibling) return [registered]
  const noticed = whole(at + random.logNormal(18, 0.9) * MINUTE)
  return [
    registered,
    {
      type: 'request.category_changed',
      at: noticed,
      source: '109',
      party: 'operator',
      body: { category: trouble.id },
    },
  ]
}

/** Another of its group and urgency, of which a dispatcher may think. */
function likeIt(trouble: Trouble, random: Random): Trouble | undefined {
  const alike = TROUBLES.filter(
    (other) =>
      other !== trouble &&
      other.group === trouble.group &&
      other.kind === trouble.kind &&
      other.priority === trouble.priority,
  )
  return alike.length > 0 ? random.pick(alike) : undefined
}
