import { DAY, HOUR, inWorkingHours, MINUTE, SECOND } from '../calendar.ts'
import type { Arrival } from '../demand/demand.ts'
import type { Random } from '../random.ts'
import type { Source } from '../sources.ts'
import { withOdds } from './character.ts'
import type { Circumstances } from './life.ts'
import { type Step, whole } from './steps.ts'

export interface Episode {
  steps: Step[]
  arrival: Arrival
  around: Circumstances
  random: Random
  /** Where the resident speaks, and where the company does. */
  source: Source
  team: Source
  begins: number
  accepted: number
  /** Median time to the end of the work under these circumstances. */
  wait: number
  /** 1 for the first, more after reopenings. */
  turn: number
}

/** A resident who says nothing for so long is taken to have nothing to say. */
const SILENCE = 7 * DAY
/** Share of closings that the resident confirms, of those not rejected. */
const CONFIRMED = 0.52
const MOST_TURNS = 4
/** Dispatchers write in the language they speak. */
const REASONS = [
  'Ожидание материала',
  'Материал күтілуде',
  'Нужны сухая погода и тепло',
  'Согласование с жителем',
  'Тұрғынмен келісу',
]

/** From acceptance, or a reopening, to the closing and what the resident says to it. */
export function episode(one: Episode): void {
  const { steps, arrival, around, random, team } = one
  const { company } = around
  const { trouble } = arrival
  const actor = company.id
  const crew = crewFor(arrival, around, random)
  const assigned = one.accepted + random.logNormal(trouble.aroundTheClock ? 2 : 14, 1) * MINUTE
  let done = Math.max(assigned + 8 * MINUTE, one.begins + random.logNormal(one.wait, trouble.sigma))
  done += pauses(one, assigned, done)
  if (!trouble.aroundTheClock && !random.chance(trouble.priority === 'urgent' ? 0.72 : 0.2))
    done = inWorkingHours(done, random.next())
  const push = (
    type: Step['type'],
    at: number,
    party: Step['party'],
    body?: Step['body'],
    who: string | undefined = actor,
  ) => steps.push({ type, at: whole(at), source: team, party, actor: who, body })

  if (random.chance(0.7))
    push('request.assigned', assigned, 'organization', crew ? { contractor: crew } : undefined)
  if (random.chance(0.05))
    push('request.work_order_issued', assigned + random.between(1, 7) * MINUTE, 'organization')
  visit(one, assigned, done, crew ?? actor)
  if (random.chance(0.9)) {
    push('request.work_done', done, 'contractor', undefined, crew ?? actor)
    done = checked(one, done, crew ?? actor)
  }
  if (!trouble.aroundTheClock && random.chance(0.1)) {
    steps.push({
      type: 'request.awaiting_confirmation',
      at: whole(done) + SECOND,
      source: team,
      party: 'system',
    })
    if (random.chance(0.45)) {
      const answer = whole(done + random.logNormal(35, 0.9) * MINUTE) + 2 * SECOND
      steps.push({ type: 'request.confirmed', at: answer, source: one.source, party: 'resident' })
      return
    }
    done += random.between(1, 4) * HOUR
  }
  const closed = whole(done + random.logNormal(trouble.aroundTheClock ? 3 : 9, 0.9) * MINUTE)
  push('request.closed', closed, 'organization')
  afterClosing(one, closed)
}

/** The company's own check of work declared done: sent back to the crew, or found in order. Returns when it is over. */
function checked(
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

function crewFor(
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
function visit(
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
function pauses(
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

function afterClosing(one: Episode, closed: number): void {
  const { steps, arrival, around, random, source, turn } = one
  const { character } = around.company
  if (
    random.chance(withOdds(arrival.trouble.reopens * (turn > 1 ? 1.4 : 1), character.reopenOdds)) &&
    turn < MOST_TURNS
  ) {
    const rejected = whole(closed + Math.min(13.5 * DAY, random.logNormal(20 * HOUR, 1)))
    if (random.chance(0.55))
      steps.push({ type: 'request.rejected_by_resident', at: rejected, source, party: 'resident' })
    const reopened = rejected + random.whole(5, 90) * SECOND
    steps.push({ type: 'request.reopened', at: reopened, source: '109', party: 'operator' })
    const accepted = inWorkingHours(
      reopened + random.logNormal(40, 0.9) * MINUTE,
      random.next() * 0.6,
    )
    episode({
      ...one,
      begins: reopened,
      accepted,
      wait: Math.min(one.wait * 0.8, 4 * DAY),
      turn: turn + 1,
    })
    return
  }
  if (random.chance(withOdds(CONFIRMED, character.confirmOdds))) {
    const confirmed = closed + Math.min(SILENCE - HOUR, random.logNormal(8 * HOUR, 1.2))
    steps.push({ type: 'request.confirmed', at: whole(confirmed), source, party: 'resident' })
  } else
    steps.push({
      type: 'request.closed_no_response',
      at: closed + SILENCE + random.whole(0, 240) * SECOND,
      source: '109',
      party: 'system',
    })
}
