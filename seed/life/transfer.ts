import { HOUR } from '../calendar.ts'
import type { Arrival } from '../demand/arrival.ts'
import type { Random } from '../random.ts'
import type { Circumstances } from './life.ts'
import { type Step, whole } from './steps.ts'

/** Of the requests open when a house changes hands, the policy passes on those not yet worked on. */
const PASSED_ON = 0.8
const ENDS = new Set(['request.closed', 'request.confirmed'])

/** If the house changes hands while the request is open, the new company takes over and begins later. */
export function handOver(
  steps: Step[],
  arrival: Arrival,
  around: Circumstances,
  random: Random,
): Step[] {
  const change = around.tenures.find((tenure) => tenure.from > arrival.at)
  if (!change) return steps
  const end = steps.find((step) => ENDS.has(step.type))?.at
  if (end === undefined || change.from > end) return steps
  const next = around.companies[change.company]
  const at = whole(change.from + random.between(8, 34) * HOUR)
  if (!next || at >= end || !random.chance(PASSED_ON)) return steps
  const delay = whole(random.between(3, 40) * HOUR)
  const old = around.company.id
  return [
    ...steps.filter((step) => step.at <= at),
    {
      type: 'request.transferred',
      at,
      source: 'companies',
      party: 'operator',
      body: { organization: next.id },
    },
    ...steps
      .filter((step) => step.at > at)
      .map((step) => ({
        ...step,
        at: step.at + delay,
        actor: step.actor?.split('/')[0] === old ? next.id : step.actor,
      })),
  ]
}
