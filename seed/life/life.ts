import { HOUR, inWorkingHours, MINUTE, SECOND } from '../calendar.ts'
import type { Arrival } from '../demand/arrival.ts'
import type { Random } from '../random.ts'
import type { Company } from '../registry/companies.ts'
import type { Tenure } from '../registry/tenures.ts'
import type { Source } from '../sources.ts'
import { answered, complained, replied, weighed } from './answers.ts'
import { timesUnder } from './character.ts'
import { episode } from './episode.ts'
import { carried } from './mass.ts'
import { misaddressed } from './misaddressed.ts'
import { registration } from './registration.ts'
import { type Step, whole } from './steps.ts'
import { handOver } from './transfer.ts'

export interface Circumstances {
  /** Who answers for the house, with the character of that time. */
  company: Company
  /** Companies of the city, for a change of tenure on the way. */
  companies: readonly Company[]
  tenures: readonly Tenure[]
  houseId: string
  load: number
  contractors: Readonly<Record<string, readonly string[]>>
  source: Source
  /** Who takes complaints about companies. */
  authority: string
}

/** Shares of requests that end otherwise than by work. */
const FATES = { forwarded: 0.018, refused: 0.024, cancelled: 0.026 }
/** Share of posts of a social network of which an operator learns who asks. */
const CONFIRMED_POSTS = 0.4

/** Everything that happens to one request, in the order in which it happens. */
export function live(arrival: Arrival, around: Circumstances, random: Random): Step[] {
  const { trouble, at, channel } = arrival
  const { company, source } = around
  const steps = registration(arrival, source, around.houseId, random)
  if (arrival.mass) return carried(steps, arrival, arrival.mass, around, source, random)
  if (trouble.kind === 'complaint') return complained(steps, arrival, source, around, random)
  if (trouble.kind === 'proposal') return weighed(steps, arrival, source, random)
  if (trouble.kind !== 'work_request') return answered(steps, arrival, source, random)

  let begins = at
  if (channel === 'social_network' && !arrival.duplicateOf) {
    if (!random.chance(CONFIRMED_POSTS)) return replied(steps, arrival, source, random)
    begins = whole(at + random.logNormal(55, 0.8) * MINUTE)
    const body = { kind: 'work_request' }
    steps.push({ type: 'request.identity_verified', at: begins, source, party: 'operator', body })
  }
  const team: Source =
    trouble.aroundTheClock && channel === 'emergency_dispatch' ? 'ads' : 'companies'
  if (random.chance(0.45))
    steps.push({
      type: 'request.routed',
      at: begins + random.whole(1, 40) * SECOND,
      source,
      party: 'system',
      body: { organization: company.id },
    })

  const accepted = begins + acceptance(arrival, around, begins, random)
  const fate = random.next()
  if (arrival.duplicateOf && random.chance(NOTICED)) {
    const noticed = at + Math.round(random.logNormal(25, 0.8)) * MINUTE
    steps.push({
      type: 'request.marked_duplicate',
      at: noticed,
      source: '109',
      party: 'operator',
      body: { of: arrival.duplicateOf },
    })
    return steps
  }
  if (fate < FATES.forwarded && !trouble.aroundTheClock)
    return misaddressed(steps, arrival, accepted, around, random)
  steps.push({
    type: 'request.acknowledged',
    at: whole(accepted),
    source: team,
    party: 'organization',
    actor: company.id,
  })
  if (fate < FATES.forwarded + FATES.refused && !trouble.aroundTheClock) {
    const ground = GROUNDS[Math.floor(random.next() * GROUNDS.length)] as string
    steps.push({
      type: 'request.refused',
      at: inWorkingHours(whole(accepted + random.logNormal(9 * HOUR, 0.9)), random.next()),
      source: team,
      party: 'organization',
      actor: company.id,
      body: { ground },
    })
    return steps
  }
  const downgraded = trouble.aroundTheClock && company.habit?.downgrades?.(arrival, random) === true
  if (arrival.repeats !== null && random.chance(LINKED))
    steps.push({
      type: 'request.repeat_linked',
      at: whole(accepted + random.between(0.2, 30) * HOUR),
      source: '109',
      party: 'operator',
      body: { of: arrival.repeats },
    })
  if (downgraded)
    steps.push({
      type: 'request.priority_changed',
      at: whole(accepted + random.between(1, 20) * MINUTE),
      source: team,
      party: 'organization',
      actor: company.id,
      body: { priority: 'ordinary' },
    })
  const wait =
    trouble.medianHours *
    (downgraded ? 7 : 1) *
    HOUR *
    timesUnder(company.character, trouble.aroundTheClock ? 1 : around.load)
  if (fate < FATES.forwarded + FATES.refused + FATES.cancelled) {
    steps.push({
      type: 'request.cancelled',
      at: whole(accepted + Math.min(48 * HOUR, wait) * random.between(0.1, 1.2)),
      source,
      party: 'resident',
    })
    return steps
  }
  episode({ steps, arrival, around, random, source, team, begins, accepted, wait, turn: 1 })
  return handOver(steps, arrival, around, random)
}

/** Share of hidden repeats that an operator links to the first. */
const LINKED = 0.12
/** Share of duplicates that an operator notices. */
const NOTICED = 0.7

/** From `begins` to the first human action: minutes for an emergency, the next morning for much of what comes at night. */
function acceptance(
  { trouble }: Arrival,
  { company, load }: Circumstances,
  begins: number,
  random: Random,
): number {
  const { response } = company.character
  if (trouble.aroundTheClock) return random.logNormal(4 * response, 0.7) * MINUTE
  const median = trouble.priority === 'urgent' ? 24 : 48
  const soon = begins + random.logNormal(median * response * (0.5 + load / 2), 0.95) * MINUTE
  return (random.chance(0.62) ? soon : inWorkingHours(soon, random.next() * 0.6)) - begins
}

const GROUNDS = [
  'Не относится к общему имуществу',
  'Работы платные, житель не согласен',
  'Нет доступа в помещение',
  'Неисправность не подтвердилась',
  'Ортақ мүлікке жатпайды',
]
