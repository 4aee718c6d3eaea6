import {
  type FlagEvent,
  isFlagEvent,
  isRequestEvent,
  type Recorded,
} from '#server/contract/events.ts'
import type { Level } from '#server/contract/measures/shape.ts'
import type { Policy, PolicyBook } from '#server/judgement/policy.ts'
import type { Log } from '#server/log/log.ts'
import { advance, NO_STANDING, type Standing, type Step } from '#server/stats/persistence.ts'

export type Evaluated = Recorded<Extract<FlagEvent, { type: 'flag.evaluated' }>>
export type Finding = Evaluated['findings'][number]

/** All that was ever said of anybody, kept in memory and followed: few events among millions. */
const books = new WeakMap<Pick<Log, 'registry' | 'follow'>, Recorded<FlagEvent>[]>()

export function flagEvents(log: Pick<Log, 'registry' | 'follow'>): readonly Recorded<FlagEvent>[] {
  const known = books.get(log)
  if (known) return known
  const events: Recorded<FlagEvent>[] = []
  const take = (event: Recorded) => {
    if (!isRequestEvent(event) && isFlagEvent(event)) events.push(event)
  }
  // Followed before the walk: an event between the two is not lost, and one in both is taken once.
  const during: Recorded[] = []
  let walked = false
  log.follow((appended) => {
    if (walked) for (const event of appended) take(event)
    else during.push(...appended)
  })
  for (const event of log.registry()) take(event)
  walked = true
  const last = events.at(-1)?.seq ?? 0
  for (const event of during) if (event.seq > last) take(event)
  books.set(log, events)
  return events
}

/** Hashes of the policies by which somebody was judged; null where nobody was yet. */
export function judgedBy(log: Pick<Log, 'registry' | 'follow'>): ReadonlySet<string> | null {
  const hashes = flagEvents(log).flatMap((event) =>
    event.type === 'flag.evaluated' ? [event.policy.hash] : [],
  )
  return hashes.length === 0 ? null : new Set(hashes)
}

export const policyOf = ({ all }: PolicyBook, version: number): Policy | undefined =>
  all.find((policy) => policy.version === version)

/** Monthly evaluations by their month. */
export const evaluations = (events: readonly Recorded<FlagEvent>[]): Map<string, Evaluated> =>
  new Map(
    events.flatMap((event) => (event.type === 'flag.evaluated' ? [[event.month, event]] : [])),
  )

/** Where every flag stands after what was evaluated and decided; those of whom nothing stands are left out. */
export function standings(
  events: readonly Recorded<FlagEvent>[],
  policies: PolicyBook,
): Map<string, Standing> {
  const found = new Map<string, Standing>()
  for (const event of events)
    if (event.type === 'flag.evaluated') {
      const policy = policyOf(policies, event.policy.version) ?? policies.all.at(-1)
      for (const finding of event.findings)
        found.set(finding.flag, stepsOf(found, finding, event.month, policy).standing)
    } else if (event.type === 'flag.decided' && event.decision === 'withdrawn')
      found.delete(event.flag)
  for (const [flag, { inspect, watch }] of found) if (!inspect && !watch) found.delete(flag)
  return found
}

/** How a flag ended that was not proposed again since. */
export interface Ended {
  organization: string
  /** UTC epoch milliseconds. */
  at: number
  /** By an inspector with these words, or by evaluations. */
  by: 'inspector' | 'evaluations'
  reason: string | null
}

export function endings(events: readonly Recorded<FlagEvent>[]): Map<string, Ended> {
  const found = new Map<string, Ended>()
  for (const event of events) {
    if (event.type === 'flag.evaluated') continue
    const { flag, organization, occurredAt: at } = event
    if (event.type === 'flag.proposed' || event.type === 'flag.issued') found.delete(flag)
    else if (event.type === 'flag.withdrawn')
      found.set(flag, { organization, at, by: 'evaluations', reason: null })
    else if (event.type === 'flag.decided' && event.decision === 'withdrawn')
      found.set(flag, { organization, at, by: 'inspector', reason: event.reason })
  }
  return found
}

/**
 * The level that is shown: a watch lasts until two calm evaluations, whatever the last midnight alone says; what an inspector
 * withdrew is watched at most, until a later month proposes it again.
 */
export function standingLevel(
  now: Level,
  stands: Standing | undefined,
  ended?: Pick<Ended, 'by'>,
): Level {
  if (stands?.inspect) return 'inspect'
  if (now === 'inspect') return ended?.by === 'inspector' ? 'watch' : 'inspect'
  return stands?.watch ? 'watch' : now
}

/** Every flag as it stands or ended, and the level that is shown of it. */
export interface FlagBook {
  standing: ReadonlyMap<string, Standing>
  ended: ReadonlyMap<string, Ended>
  level(flag: string, now: Level): Level
}

export function flagBook(log: Pick<Log, 'registry' | 'follow'>, policies: PolicyBook): FlagBook {
  const events = flagEvents(log)
  const standing = standings(events, policies)
  const ended = endings(events)
  return {
    standing,
    ended,
    level: (flag, now) => standingLevel(now, standing.get(flag), ended.get(flag)),
  }
}

/** What one more monthly finding makes of a flag. */
export function stepsOf(
  before: ReadonlyMap<string, Standing>,
  { flag, ...finding }: Finding,
  month: string,
  policy: Policy | undefined,
): { standing: Standing; steps: Step[] } {
  const { urgent, restarted, ...figures } = finding
  return advance(
    before.get(flag) ?? NO_STANDING,
    { month, ...figures, ...(urgent && { urgent }), ...(restarted && { restarted }) },
    policy?.persistence,
  )
}
