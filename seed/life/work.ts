import { DAY, HOUR, MINUTE, SECOND } from '../calendar.ts'
import type { Arrival } from '../demand/arrival.ts'
import type { Random } from '../random.ts'
import type { Episode } from './episode.ts'
import type { Circumstances } from './life.ts'
import { type Step, whole } from './steps.ts'

/** Dispatchers write in the language they speak. */
const REASONS = [
  'Ожидание материала',
  'Материал күтілуде',
  'Нужны сухая погода и тепло',
  'Согласование с жителем',
  'Тұрғынмен келісу',
]

export function crewFor(
  { trouble }: Arrival,
  { contractors, company }: Circumstances,
  random: Random,
): string | undefined {
  const crews = contractors[trouble.trade]
  if (!crews || crews.length === 0 || random.chance(trouble.trade === 'lift' ? 0 : 0.35))
    return undefined
  // A company keeps to one crew of a trade.
  return crews[company.houses % crews.length]
}

/** Steps on the spot; an emergency is localised within half an hour of arrival as a rule. */
export function visit(
  { steps, arrival, random, team }: Episode,
  assigned: number,
  done: number,
  actor: string,
) {
  const emergency = arrival.trouble.aroundTheClock
  const seen = random.next()
  if (seen > (emergency ? 0.8 : 0.27)) return
  const arrived = Math.max(
    assigned + MINUTE,
    done - random.logNormal(emergency ? 28 : 42, 0.6) * MINUTE,
  )
  if (arrived >= done) return
  const push = (type: Step['type'], at: number) =>
    steps.push({ type, at: whole(Math.min(done, at)), source: team, party: 'contractor', actor })
  push('request.arrived', arrived)
  if (emergency && random.chance(0.7))
    push('request.localised', arrived + random.logNormal(12, 0.5) * MINUTE)
  else if (seen < 0.09) push('request.started', arrived + 4 * MINUTE)
}

/** Waiting for a part, for the resident or for the supplier. Returns how much later the work is done. */
export function pauses(
  { steps, arrival, around, random, team, turn }: Episode,
  assigned: number,
  done: number,
): number {
  if (arrival.trouble.aroundTheClock || turn > 1) return 0
  const kind = random.next()
  const at = whole(assigned + (done - assigned) * 0.4)
  const actor = around.company.id
  if (kind < 0.009) {
    const days = random.whole(3, 11)
    const reason = random.pick(REASONS)
    steps.push({
      type: 'request.deferred',
      at,
      source: team,
      party: 'organization',
      actor,
      body: { reason, until: at + days * DAY },
    })
    return days * DAY * random.between(0.7, 1.1)
  }
  if (kind < 0.03) {
    steps.push({
      type: 'request.awaiting_resident',
      at,
      source: team,
      party: 'organization',
      actor,
    })
    return random.between(4, 40) * HOUR
  }
  if (kind < 0.045) {
    steps.push({
      type: 'request.awaiting_supplier',
      at,
      source: team,
      party: 'organization',
      actor,
    })
    return random.between(3, 26) * HOUR
  }
  return 0
}

/** The company's own check of work declared done: sent back to the crew, or found in order. Returns when it is over. */
export function checked(
  { steps, arrival, around, random, team }: Episode,
  done: number,
  crew: string,
): number {
  const emergency = arrival.trouble.aroundTheClock
  const actor = around.company.id
  let over = done
  if (random.chance(emergency ? 0.015 : 0.035)) {
    const sentBack = whole(done + random.logNormal(emergency ? 0.3 : 1.5, 0.6) * HOUR) + SECOND
    steps.push({
      type: 'request.returned_for_rework',
      at: sentBack,
      source: team,
      party: 'organization',
      actor,
    })
    over = sentBack + random.logNormal(emergency ? 0.5 : 4, 0.7) * HOUR
    steps.push({
      type: 'request.work_done',
      at: whole(over),
      source: team,
      party: 'contractor',
      actor: crew,
    })
  }
  if (random.chance(0.08)) {
    over += random.between(3, emergency ? 9 : 40) * MINUTE
    steps.push({
      type: 'request.verified',
      at: whole(over),
      source: team,
      party: 'organization',
      actor,
    })
  }
  return over
}
