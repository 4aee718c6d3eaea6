import { DAY, HOUR, MINUTE, SECOND } from '../calendar.ts'
import type { Arrival, Mass } from '../demand/arrival.ts'
import type { Random } from '../random.ts'
import type { Source } from '../sources.ts'
import type { Circumstances } from './life.ts'
import { type Step, whole } from './steps.ts'

/** One of many calls about one thing: accepted, waited for, and closed soon after the thing itself is put right. */
export function carried(
  steps: Step[],
  arrival: Arrival,
  mass: Mass,
  { company }: Circumstances,
  source: Source,
  random: Random,
): Step[] {
  const { at } = arrival
  const step = { source: 'companies', party: 'organization', actor: company.id } as const
  const taken = whole(at + random.logNormal(6, 0.6) * MINUTE)
  if (taken < mass.until) steps.push({ type: 'request.acknowledged', at: taken, ...step })
  const waits = whole(taken + random.logNormal(12, 0.7) * MINUTE)
  if (mass.supplier && waits < mass.until)
    steps.push({ type: 'request.awaiting_supplier', at: waits, ...step })
  const over = Math.max(mass.until, taken)
  if (!mass.supplier && random.chance(0.9))
    steps.push({ ...step, type: 'request.work_done', at: whole(over), party: 'contractor' })
  const done = whole(over + random.between(1, mass.supplier ? 50 : 12) * MINUTE)
  steps.push({ type: 'request.closed', at: done, ...step })
  if (random.chance(0.4))
    steps.push({
      type: 'request.confirmed',
      at: whole(done + random.logNormal(3, 1) * HOUR),
      source,
      party: 'resident',
    })
  else
    steps.push({
      type: 'request.closed_no_response',
      at: done + 7 * DAY + random.whole(0, 240) * SECOND,
      source: '109',
      party: 'system',
    })
  return steps
}
