import type { DomainEvent } from '#server/contract/events.ts'
import type { PhonePurpose, RepresentativeRole } from '#server/contract/vocabulary.ts'
import { DAY, HOUR, MINUTE, startOf } from '../calendar.ts'
import { subjectOf } from '../people.ts'
import type { Place } from '../place/place.ts'
import { createRandom, mix } from '../random.ts'
import type { Company } from './companies.ts'

const source = 'registry'

export interface Era {
  seed: number
  /** Local days: the history's first and last. */
  firstDay: number
  lastDay: number
}

/** Memberships, telephones called and answered, and who speaks for a house: from before the history until a year after it. */
export function partyEvents(place: Place, companies: readonly Company[], era: Era): DomainEvent[] {
  return [
    ...companies.flatMap((company) => [...memberships(company, era), ...telephones(company, era)]),
    ...representatives(place, era),
  ]
}

const BODIES: Partial<Record<Company['kind'], { body: string; share: number }>> = {
  uk: { body: 'СРО «Содействие»', share: 0.85 },
  ksk: { body: 'Ассоциация КСК Домограда', share: 0.7 },
  osi: { body: 'Домоград МИБ қауымдастығы', share: 0.45 },
}

/** Most belong to a body of their kind; one in six joins or leaves within the history. */
function memberships({ id, kind }: Company, { seed, firstDay, lastDay }: Era): DomainEvent[] {
  const random = createRandom(mix(seed, 'membership', id))
  const belongs = BODIES[kind]
  if (!belongs || !random.chance(belongs.share)) return []
  const before = startOf(firstDay) - 30 * DAY
  const within = startOf(random.whole(firstDay + 3, lastDay - 1)) + 10 * HOUR
  const changed = (turn: number, occurredAt: number, body: string | null): DomainEvent => ({
    type: 'organization.membership_changed',
    id: `${source}:membership:${id}:${turn}`,
    occurredAt,
    source,
    organization: id,
    body,
  })
  const fate = random.next()
  if (fate < 0.08) return [changed(1, within, belongs.body)]
  const joined = changed(1, before, belongs.body)
  return fate < 0.16 ? [joined, changed(2, within, null)] : [joined]
}

/** Most lines are called a few times a year. One company in seven was called once, long ago. */
function telephones(company: Company, { seed, firstDay, lastDay }: Era): DomainEvent[] {
  const { id, phone, kind } = company
  const random = createRandom(mix(seed, 'telephone', id))
  const purposes: PhonePurpose[] =
    kind === 'dispatch' || kind === 'supplier'
      ? ['emergency']
      : kind === 'contractor' || kind === 'department' || kind === 'inspectorate'
        ? ['office']
        : ['emergency', 'dispatch']
  const stale = random.chance(0.14)
  const events: DomainEvent[] = []
  for (const purpose of purposes) {
    let day = stale ? lastDay - random.whole(390, 700) : firstDay - random.whole(1, 170)
    for (let turn = 1; day <= lastDay + 365; turn++) {
      events.push({
        type: 'organization.phone_verified',
        id: `${source}:phone:${id}:${purpose}:${turn}`,
        occurredAt: startOf(day) + 9 * HOUR + random.whole(0, 470) * MINUTE,
        source,
        organization: id,
        phone: purpose === 'dispatch' ? lineBeside(phone) : phone,
        purpose,
      })
      if (stale) break
      day += random.whole(70, 190)
    }
  }
  return events
}

/** The line next to it: the last two figures, one up. */
const lineBeside = (phone: string) =>
  `${phone.slice(0, -2)}${String((Number(phone.slice(-2)) + 1) % 100).padStart(2, '0')}`

const ROLES: readonly RepresentativeRole[] = ['chair', 'council', 'elder', 'active_resident']

/** Two houses in five have somebody; three in four of them agreed to be written to. */
function representatives(place: Place, { seed, firstDay, lastDay }: Era): DomainEvent[] {
  const start = startOf(firstDay)
  return place.houses.flatMap(({ id: building }, house) => {
    const random = createRandom(mix(seed, 'representative', house))
    if (!random.chance(0.4)) return []
    const named = (turn: number, occurredAt: number): DomainEvent => ({
      type: 'building.representative_named',
      id: `${source}:representative:${building}:${turn}`,
      occurredAt,
      source,
      building,
      subjectId: subjectOf(seed, house, `speaker-${turn}`),
      role: random.pick(ROLES),
      consent: random.chance(0.75),
    })
    const first = named(1, start - random.whole(40, 1_000) * DAY)
    if (!random.chance(0.12)) return [first]
    const leaves = startOf(random.whole(firstDay + 2, lastDay + 200)) + 18 * HOUR
    return [
      first,
      {
        type: 'building.representative_left',
        id: `${source}:representative:${building}:1:left`,
        occurredAt: leaves,
        source,
        building,
        subjectId: subjectOf(seed, house, 'speaker-1'),
      },
      named(2, leaves + random.whole(5, 40) * DAY),
    ]
  })
}
