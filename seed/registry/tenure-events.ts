import type { DomainEvent } from '#server/contract/events.ts'
import { DAY, dayOf, HOUR, startOf } from '../calendar.ts'
import type { Delivery } from '../life/steps.ts'
import type { Place } from '../place/place.ts'
import type { Random } from '../random.ts'
import type { Company } from './companies.ts'
import type { Tenures } from './tenures.ts'

const source = 'registry'

/** What the register learned late, or first wrongly, and put right: events that say so, and what really was. */
export interface RegisterFaults {
  late: { building: string; event: string; from: number; recordedAt: number }[]
  corrected: {
    building: string
    wrong: string
    event: string
    from: number
    recordedAt: number
    correctedAt: number
  }[]
}

/** Of the changes within the history: learned only weeks later; told with the wrong organization, and corrected later. */
const LATE = 0.06
const CORRECTED = 0.04

/** All changes of tenure, each when the register learned it: as a rule on the day itself. */
export function tenureDeliveries(
  place: Place,
  companies: readonly Company[],
  tenures: Tenures,
  { start, end }: { start: number; end: number },
  random: Random,
): { deliveries: Delivery[]; faults: RegisterFaults } {
  const changes = tenures.flatMap((own, house) => {
    const building = place.houses[house]?.id ?? ''
    return own.map((tenure, turn) => ({
      ...tenure,
      building,
      turn,
      before: own[turn - 1]?.company,
    }))
  })
  const eventOf = ({ company, from, contract, building, turn }: (typeof changes)[number]) => ({
    type: 'tenure.changed' as const,
    id: `${source}:tenure:${building}:${turn + 1}`,
    occurredAt: from,
    source,
    building,
    organization: companies[company]?.id ?? null,
    contract,
  })
  const recent = random.shuffled(
    changes.filter(({ from }) => from >= start && from < end - 20 * DAY),
  )
  const late = new Set(recent.splice(0, Math.max(1, Math.round(recent.length * LATE))))
  const corrected = new Set(recent.splice(0, Math.max(1, Math.round(recent.length * CORRECTED))))
  const faults: RegisterFaults = { late: [], corrected: [] }
  const learnedAfter = (from: number, least: number) => {
    const most = Math.min(45, Math.floor((end - from) / DAY) - 2)
    return startOf(dayOf(from) + random.whole(Math.min(least, most), most)) + 10 * HOUR
  }
  const deliveries = changes.flatMap((change): Delivery[] => {
    const event = eventOf(change)
    const { from, building } = change
    if (late.has(change)) {
      const at = learnedAfter(from, 12)
      faults.late.push({ building, event: event.id, from, recordedAt: at })
      return [{ at, event }]
    }
    if (corrected.has(change)) {
      const at = from + 9 * HOUR
      const correctedAt = learnedAfter(from, 8)
      const wrong: DomainEvent = {
        ...event,
        id: `${event.id}:wrong`,
        organization: otherThan(companies, [change.company, change.before], random),
      }
      faults.corrected.push({
        building,
        wrong: wrong.id,
        event: event.id,
        from,
        recordedAt: at,
        correctedAt,
      })
      return [
        { at, event: wrong },
        {
          at: correctedAt,
          event: {
            type: 'building.corrected',
            id: `${event.id}:correction`,
            occurredAt: correctedAt,
            source,
            building,
            event: wrong.id,
            reason: 'Ошибка оператора: договор другой организации',
          },
        },
        { at: correctedAt, event },
      ]
    }
    return [{ at: from, event }]
  })
  return { deliveries, faults }
}

function otherThan(
  companies: readonly Company[],
  taken: readonly (number | undefined)[],
  random: Random,
): string | null {
  const others = companies.filter(({ houses }, i) => houses > 0 && !taken.includes(i))
  return others.length > 0 ? random.pick(others).id : null
}
