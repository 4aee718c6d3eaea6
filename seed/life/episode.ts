import { DAY, HOUR, inWorkingHours, MINUTE, SECOND } from '../calendar.ts'
import type { Arrival } from '../demand/arrival.ts'
import { mix, type Random } from '../random.ts'
import type { Company } from '../registry/companies.ts'
import type { Source } from '../sources.ts'
import { withOdds } from './character.ts'
import type { Circumstances } from './life.ts'
import { type Step, whole } from './steps.ts'
import { checked, crewFor, pauses, visit } from './work.ts'

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

/** From acceptance, or a reopening, to the closing and what the resident says to it. */
export function episode(one: Episode): void {
  const { steps, arrival, around, random, team } = one
  const { company } = around
  const { trouble } = arrival
  const actor = company.id
  const crew = crewFor(arrival, around, random)
  const sham = one.turn === 1 ? company.habit?.sham?.(arrival, one.accepted, random) : undefined
  if (sham !== undefined) {
    pretend(one, whole(sham))
    return
  }
  const assigned =
    one.accepted +
    (crew && assignsByItself(company)
      ? random.between(1, 9) * SECOND
      : random.logNormal(trouble.aroundTheClock ? 2 : 14, 1) * MINUTE)
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
    const scan = scanOf(one)
    push('request.work_done', done, 'contractor', scan ? { scan } : undefined, crew ?? actor)
    done = checked(one, done, crew ?? actor)
  }
  if (!trouble.aroundTheClock && !company.habit?.closing && random.chance(0.1)) {
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
  const due = whole(done + random.logNormal(trouble.aroundTheClock ? 3 : 9, 0.9) * MINUTE)
  const closed = whole(company.habit?.closing?.(arrival, due, random) ?? due)
  mistaken(one, assigned, done)
  push('request.closed', closed, 'organization', undefined, accountOf(one))
  afterClosing(one, closed)
}

/** Whoever closes it in the company's system: one of a few accounts. */
const accountOf = ({ arrival, around: { company } }: Episode) =>
  `${company.id}/${1 + (arrival.house % (2 + Math.floor(company.houses / 15)))}`

/** Three companies in five let their system choose the crew. */
const assignsByItself = ({ id }: Company) => mix(0, id) % 5 < 3

/** Proof of work: of a third of works there is a scan, each its own. */
function scanOf({ arrival, around, random, turn }: Episode): string | undefined {
  const own = around.company.habit?.scan?.(arrival, random)
  if (own !== undefined) return own
  return random.chance(0.34)
    ? `scan-${mix(arrival.nth, arrival.number, turn).toString(16).padStart(8, '0')}`
    : undefined
}

/** Declared done and closed though nobody came. Most residents notice. */
function pretend(one: Episode, at: number): void {
  const { steps, around, team } = one
  const actor = around.company.id
  steps.push({ type: 'request.work_done', at, source: team, party: 'organization', actor })
  const closed = at + one.random.whole(20, 180) * SECOND
  steps.push({
    type: 'request.closed',
    at: closed,
    source: team,
    party: 'organization',
    actor: accountOf(one),
  })
  afterClosing(one, closed, NOTICED)
}

/** Odds of a rejection when nobody came, over those after work. */
const NOTICED = 14
const MISTAKEN = 0.003

/** Rarely the wrong request is closed, and the entry struck out again. */
function mistaken(one: Episode, assigned: number, done: number): void {
  const { steps, arrival, around, random, team, turn } = one
  if (turn > 1 || arrival.trouble.aroundTheClock || !random.chance(MISTAKEN)) return
  const at = whole(assigned + (done - assigned) * 0.3)
  const struck = whole(assigned + (done - assigned) * 0.45)
  const step = { source: team, party: 'organization', actor: around.company.id } as const
  steps.push({ type: 'request.closed', at, ...step })
  const body = {
    event: `${team}:${arrival.number}:closed`,
    reason: 'Закрыта другая заявка по ошибке',
  }
  steps.push({ type: 'request.corrected', at: struck, ...step, body })
}

function afterClosing(one: Episode, closed: number, odds = 1): void {
  const { steps, arrival, around, random, source, turn } = one
  const { character, habit } = around.company
  const hidden = habit?.hidesRepeats || arrival.repeats !== null ? 0.2 : 1
  if (
    random.chance(
      withOdds(
        arrival.trouble.reopens * (turn > 1 ? 1.4 : 1),
        character.reopenOdds * odds * hidden,
      ),
    ) &&
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
