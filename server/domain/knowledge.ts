import type { Recorded, RegistryEvent } from '#server/contract/events.ts'

/** A registry event as the log holds it. */
export type RegistryTold = Recorded<RegistryEvent>
export type ToldOf<T extends RegistryEvent['type']> = Extract<RegistryTold, { type: T }>
export type Correction = ToldOf<'building.corrected' | 'organization.corrected'>
export type Statement = Exclude<RegistryTold, Correction>

/** Everything ever recorded. */
export const ALL_KNOWN = Number.POSITIVE_INFINITY

/** What stands of the events of one thing by what was known at an instant. */
export interface Standing {
  /** By `occurredAt`; of equal instants the one recorded later comes later, and so stands. */
  events: Statement[]
  /** Wrong from the start, and who said so. */
  corrected: { event: Statement; by: Correction }[]
  /** Corrections of an event that nobody has told: kept, and told as such. */
  unknown: Correction[]
}

export const inOrder = (a: RegistryTold, b: RegistryTold) =>
  a.occurredAt - b.occurredAt || a.seq - b.seq

export const isCorrection = (event: RegistryTold): event is Correction =>
  event.type === 'building.corrected' || event.type === 'organization.corrected'

/**
 * The events of one thing with `recordedAt` at or before `knownAt`, each once, whatever order they come in. A correction voids the
 * event that it names, also when that one is recorded after it; of several the first recorded says why. A correction itself
 * stands: what it took away is told again under a new id.
 */
export function standing(told: Iterable<RegistryTold>, knownAt: number): Standing {
  const known = new Map<string, RegistryTold>()
  for (const event of told)
    if (event.recordedAt <= knownAt && !known.has(event.id)) known.set(event.id, event)
  const all = [...known.values()].sort(inOrder)
  const voids = new Map<string, Correction>()
  const unknown: Correction[] = []
  for (const by of all.filter(isCorrection).sort((a, b) => a.seq - b.seq)) {
    const named = known.get(by.event)
    if (!named || isCorrection(named)) unknown.push(by)
    else if (!voids.has(named.id)) voids.set(named.id, by)
  }
  const events: Statement[] = []
  const corrected: Standing['corrected'] = []
  for (const event of all) {
    if (isCorrection(event)) continue
    const by = voids.get(event.id)
    if (by) corrected.push({ event, by })
    else events.push(event)
  }
  return { events, corrected, unknown }
}

/** What is true from an instant on, told by one event. */
export interface Since {
  /** Valid from; UTC epoch milliseconds. */
  start: number
  /** Valid to, exclusive; null = still. */
  end: number | null
  /** When we learned it. */
  recordedAt: number
  /** Id of the event that tells it. */
  event: string
  /** Its source says only that it was so by `start`. */
  timeUnknown: boolean
}

/** Half-open intervals from events in order; of several of one instant the last stands. */
export function spansOf<E extends RegistryTold, V>(
  events: readonly E[],
  saysOf: (event: E) => V,
): (V & Since)[] {
  return events.flatMap((event, index) => {
    const end = events[index + 1]?.occurredAt ?? null
    if (end === event.occurredAt) return []
    const { occurredAt: start, recordedAt, id } = event
    return [
      {
        ...saysOf(event),
        start,
        end,
        recordedAt,
        event: id,
        timeUnknown: event.timeUnknown === true,
      },
    ]
  })
}

export const holdsAt = ({ start, end }: Pick<Since, 'start' | 'end'>, instant: number) =>
  start <= instant && (end === null || instant < end)
