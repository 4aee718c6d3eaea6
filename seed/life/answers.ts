import { DAY, HOUR, inWorkingHours, MINUTE, SECOND } from '../calendar.ts'
import type { Arrival } from '../demand/arrival.ts'
import type { Random } from '../random.ts'
import type { Source } from '../sources.ts'
import type { Circumstances } from './life.ts'
import { type Step, whole } from './steps.ts'

const SILENCE = 7 * DAY

/** A question or a request for advice is answered in words, often at once; nobody comes. */
export function answered(
  steps: Step[],
  { trouble, at }: Arrival,
  source: Source,
  random: Random,
): Step[] {
  const advice = trouble.kind === 'consultation'
  const taken = at + random.logNormal(advice ? 3 : 14, 0.8) * MINUTE
  steps.push({ type: 'request.acknowledged', at: whole(taken), source, party: 'operator' })
  const hours = advice ? random.logNormal(1.2, 1.1) : random.logNormal(trouble.medianHours, 0.7)
  const done = whole(inWorkingHours(taken + hours * HOUR, random.next()))
  steps.push({
    type: 'request.closed',
    at: done,
    source: '109',
    party: 'operator',
    actor: `109/${random.whole(1, 14)}`,
    body: { note: advice ? 'Дана консультация' : 'Жауап берілді' },
  })
  return heard(steps, done, source, 0.35, random)
}

/** A proposal is weighed by a department: taken into a plan, declined, or passed on. */
export function weighed(
  steps: Step[],
  { trouble, at }: Arrival,
  source: Source,
  random: Random,
): Step[] {
  const taken = whole(inWorkingHours(at + random.logNormal(5, 0.8) * HOUR, random.next()))
  steps.push({ type: 'request.acknowledged', at: taken, source: '109', party: 'operator' })
  const done = whole(
    inWorkingHours(taken + random.logNormal(trouble.medianHours, 0.5) * HOUR, random.next()),
  )
  const fate = random.next()
  if (fate < 0.3) {
    const body = { body: 'Управление благоустройства' }
    steps.push({ type: 'request.forwarded', at: done, source: '109', party: 'operator', body })
    return steps
  }
  if (fate < 0.5) {
    const body = { ground: 'Не предусмотрено планом благоустройства' }
    steps.push({ type: 'request.refused', at: done, source: '109', party: 'operator', body })
    return steps
  }
  const body = { note: 'Включено в план благоустройства' }
  steps.push({ type: 'request.closed', at: done, source: '109', party: 'operator', body })
  return heard(steps, done, source, 0.3, random)
}

/** A complaint about the company itself goes past it: the authority takes it, asks, and answers. */
export function complained(
  steps: Step[],
  { trouble, at }: Arrival,
  source: Source,
  { authority }: Circumstances,
  random: Random,
): Step[] {
  const body = { organization: authority }
  const routed = at + random.whole(2, 15) * SECOND
  const step = { source: 'inspection', party: 'inspector', actor: authority } as const
  steps.push({ type: 'request.routed', at: routed, source, party: 'system', body })
  const taken = whole(inWorkingHours(routed + random.logNormal(3, 0.8) * HOUR, random.next()))
  steps.push({ type: 'request.acknowledged', at: taken, ...step })
  const done = whole(
    inWorkingHours(taken + random.logNormal(trouble.medianHours, 0.45) * HOUR, random.next()),
  )
  if (random.chance(0.15)) {
    const body = { ground: 'Доводы не подтвердились' }
    steps.push({ type: 'request.refused', at: done, ...step, body })
    return steps
  }
  steps.push({ type: 'request.closed', at: done, ...step, body: { note: 'Дан письменный ответ' } })
  return heard(steps, done, source, 0.4, random)
}

/** A post of a social network that nobody confirmed: answered where it stands, or left. */
export function replied(steps: Step[], { at }: Arrival, source: Source, random: Random): Step[] {
  const seen = whole(at + random.logNormal(90, 0.9) * MINUTE)
  steps.push({ type: 'request.acknowledged', at: seen, source, party: 'operator' })
  const body = { note: 'Ответ дан в социальной сети' }
  const done = whole(inWorkingHours(seen + random.logNormal(4, 0.9) * HOUR, random.next()))
  steps.push({ type: 'request.closed', at: done, source, party: 'operator', body })
  return steps
}

function heard(
  steps: Step[],
  done: number,
  source: Source,
  confirmed: number,
  random: Random,
): Step[] {
  if (random.chance(confirmed)) {
    const at = whole(done + Math.min(SILENCE - HOUR, random.logNormal(9 * HOUR, 1.1)))
    steps.push({ type: 'request.confirmed', at, source, party: 'resident' })
  } else
    steps.push({
      type: 'request.closed_no_response',
      at: done + SILENCE + random.whole(0, 240) * SECOND,
      source: '109',
      party: 'system',
    })
  return steps
}
