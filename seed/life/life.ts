import { HOUR, inWorkingHours, MINUTE, SECOND } from '../calendar.ts'
import type { Arrival } from '../demand/demand.ts'
import type { Random } from '../random.ts'
import type { Company } from '../registry/companies.ts'
import type { Tenure } from '../registry/tenures.ts'
import { SOURCE_OF, type Source } from '../sources.ts'
import { timesUnder } from './character.ts'
import { episode } from './episode.ts'
import { type Step, whole } from './steps.ts'
import { handOver } from './transfer.ts'

export interface Circumstances {
  company: Company
  /** Companies of the city, for a change of tenure on the way. */
  companies: readonly Company[]
  tenures: readonly Tenure[]
  houseId: string
  load: number
  contractors: Readonly<Record<string, readonly string[]>>
}

/** Shares of requests that end otherwise than by work. */
const FATES = { forwarded: 0.018, refused: 0.024, cancelled: 0.026 }

/** Everything that happens to one request, in the order in which it happens. */
export function live(arrival: Arrival, around: Circumstances, random: Random): Step[] {
  const { trouble, at, channel } = arrival
  const { company } = around
  const source = SOURCE_OF[channel] ?? '109'
  const steps: Step[] = [registration(arrival, source, around.houseId)]
  const team: Source =
    trouble.aroundTheClock && channel === 'emergency_dispatch' ? 'ads' : 'companies'
  if (random.chance(0.45))
    steps.push({
      type: 'request.routed',
      at: at + random.whole(1, 40) * SECOND,
      source,
      party: 'system',
      body: { organization: company.id },
    })

  const accepted = at + acceptance(arrival, around, random)
  const fate = random.next()
  if (arrival.duplicateOf) {
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
  if (fate < FATES.forwarded && !trouble.aroundTheClock) {
    const body = BODIES[trouble.trade] ?? 'Управление жилищного хозяйства'
    steps.push({
      type: 'request.forwarded',
      at: whole(accepted + random.logNormal(3 * HOUR, 0.8)),
      source: '109',
      party: 'operator',
      body: { body },
    })
    return steps
  }
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
  const wait =
    trouble.medianHours *
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
  episode({ steps, arrival, around, random, source, team, begins: at, accepted, wait, turn: 1 })
  return handOver(steps, arrival, around, random)
}

function registration(arrival: Arrival, source: Source, building: string): Step {
  const { trouble, at, channel, entrance } = arrival
  return {
    type: 'request.registered',
    at,
    source,
    party: source === 'portal' || source === 'app' ? 'resident' : 'operator',
    body: {
      building,
      category: trouble.id,
      channel,
      priority: trouble.priority,
      kind:
        channel === 'social_network' && trouble.kind === 'work_request' ? 'message' : trouble.kind,
      dueAt: at + trouble.normHours * HOUR,
      entrance,
      ...(source === 'portal' || source === 'app' ? { identityVerified: true } : {}),
    },
  }
}

/** From registration to the first human action: minutes for an emergency, the next morning for much of what comes at night. */
function acceptance(
  { trouble, at }: Arrival,
  { company, load }: Circumstances,
  random: Random,
): number {
  const { response } = company.character
  if (trouble.aroundTheClock) return random.logNormal(4 * response, 0.7) * MINUTE
  const median = trouble.priority === 'urgent' ? 24 : 48
  const soon = at + random.logNormal(median * response * (0.5 + load / 2), 0.95) * MINUTE
  return (random.chance(0.62) ? soon : inWorkingHours(soon, random.next() * 0.6)) - at
}

const GROUNDS = [
  'Не относится к общему имуществу',
  'Работы платные, житель не согласен',
  'Нет доступа в помещение',
  'Неисправность не подтвердилась',
  'Ортақ мүлікке жатпайды',
]
const BODIES: Readonly<Record<string, string>> = {
  plumbing: 'Домоград Су арнасы',
  electric: 'Домоградские электросети',
  gas: 'Домоградгаз',
  cleaning: 'Управление благоустройства',
}
