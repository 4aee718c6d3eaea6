import type { DomainEvent } from '#server/contract/events.ts'
import { HOUR, startOf } from '../calendar.ts'
import type { Random } from '../random.ts'
import type { Company } from './companies.ts'
import type { Merger } from './tenures.ts'

const source = 'registry'

export interface Reorganizations {
  merger: Merger | undefined
  renamed: { company: Company; name: string; at: number } | undefined
}

/** One small company becomes part of a larger one, another takes a new name, both within the history. */
export function reorganizations(
  companies: readonly Company[],
  { firstDay, lastDay }: { firstDay: number; lastDay: number },
  random: Random,
): Reorganizations {
  const managing = companies.filter(({ houses }) => houses > 0)
  const dayAt = (share: number) => Math.round(firstDay + share * (lastDay - firstDay))
  const free = random.shuffled(
    managing.filter(({ part, name }) => part === null && name !== 'УК Два дома'),
  )
  const small = free.find(({ houses }) => houses >= 3 && houses <= 12)
  if (small) small.part = 'merged'
  const large = free.find(({ part, houses }) => part === null && houses >= 15)
  if (large) large.part = 'mergedInto'
  const other = free.find(
    ({ part, kind }) => part === null && (kind === 'uk' || kind === 'ksk' || kind === 'tszh'),
  )
  if (other) other.part = 'renamed'
  return {
    merger:
      small && large
        ? {
            from: companies.indexOf(small),
            into: companies.indexOf(large),
            at: startOf(dayAt(0.42)),
          }
        : undefined,
    renamed: other && {
      company: other,
      name: `${other.name} Плюс`,
      at: startOf(dayAt(0.55)) + 9 * HOUR,
    },
  }
}

export function reorganizationEvents(
  { merger, renamed }: Reorganizations,
  companies: readonly Company[],
): DomainEvent[] {
  const events: DomainEvent[] = []
  const [from, into] = [companies[merger?.from ?? -1], companies[merger?.into ?? -1]]
  if (merger && from && into)
    events.push({
      type: 'organization.merged',
      id: `${source}:merged:${from.id}`,
      occurredAt: merger.at,
      source,
      organization: from.id,
      into: into.id,
    })
  if (renamed)
    events.push({
      type: 'organization.registered',
      id: `${source}:organization:${renamed.company.id}:2`,
      occurredAt: renamed.at,
      source,
      organization: renamed.company.id,
      name: renamed.name,
      kind: renamed.company.kind,
      phone: renamed.company.phone,
    })
  return events
}
