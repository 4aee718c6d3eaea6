import type { LiveEvent, LiveFrame, Topic } from '#server/contract/live.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { Board, BoardChange, Counts, Dimension, PublicEvent } from './board.ts'
import { countsOf, isAbout, isWithin, scopeOf } from './topic.ts'

/** Of a flood in one frame only the newest are told. */
const EVENTS = 40
/** Who missed more of its topic is better served by a reset. */
const MISSED = 200
const KEPT = 1000
const DIMENSIONS: readonly Dimension[] = ['building', 'organization', 'district']

interface ChangesOptions {
  board: Board
  registry: Registry
  now: () => number
  state: () => LiveFrame['state']
  /** Grows when what people are told of changed, which needs no event. */
  notices?: (() => number) | undefined
}

export interface Changes {
  /** Grows with each change that is told. */
  number(): number
  /** Remembers a change until the next is told. */
  hear(change: BoardChange): void
  /** Gathers what changed since the last time into one; false when nothing did. */
  next(): boolean
  /** Whether the last concerns a topic. */
  concern(topic: Topic): boolean
  /** What happened to a topic after number `since`, which its listeners have heard. */
  after(topic: Topic, since: number): LiveFrame
  /** Whether what came after a number is still known whole. */
  keeps(since: number): boolean
  /** What a reader needs that has heard everything up to `since`; null, and a past that is not kept, is a reset. */
  whole(topic: Topic, since: number | null): LiveFrame
}

/** What changed, by number. Counts are kept for ever, events for a while: beyond it nobody is told a part as if it were all. */
export function createChanges({ board, registry, now, state, notices }: ChangesOptions): Changes {
  const changedIn = new Map<number, number>()
  let number = 0
  let shown = countsNow()
  let told = headingOf()
  // A reader who comes after a restart sees what the board remembers.
  let recent: { number: number; event: PublicEvent }[] = board
    .events()
    .map((event) => ({ number: 0, event }))
  let forgotten = 0
  let fresh: PublicEvent[] = []
  let touched = nobody()
  let everybody = false
  let last = { touched, everybody }

  function countsNow(): Record<Dimension, ReadonlyMap<number, Counts>> {
    const at = now()
    return {
      building: board.byBuilding(at),
      organization: board.byOrganization(at),
      district: board.byDistrict(at),
    }
  }
  function headingOf() {
    return {
      state: state(),
      revision: board.revision(),
      totals: JSON.stringify(board.totals(now())),
      notices: notices?.() ?? 0,
    }
  }

  function frame(kind: LiveFrame['kind'], topic: Topic, since: number, most: number): LiveFrame {
    const at = now()
    const scope = scopeOf(topic, registry)
    const buildings: LiveFrame['buildings'] = []
    if (kind === 'changes')
      // One house is looked up: there may be thousands of screens, each of another.
      for (const key of scope?.dimension === 'building' ? [scope.key] : changedIn.keys()) {
        if ((changedIn.get(key) ?? 0) <= since || !isWithin(key, scope, { registry, at })) continue
        const { open, overdue, emergency } = shown.building.get(key) ?? NONE
        buildings.push([key, open, overdue, emergency])
      }
    buildings.sort(([one], [other]) => one - other)
    const events = recent.filter(
      (one) => (kind === 'reset' || one.number > since) && isAbout(one.event, scope),
    )
    return {
      kind,
      topic,
      since,
      state: state(),
      revision: board.revision(),
      at,
      ...countsOf(scope, board, at),
      registeredToday: scope === undefined ? 0 : board.registeredToday(at, scope),
      buildings,
      events: events.slice(0, most).map(({ event }) => liveEvent(event, registry)),
      sources: [...board.sources()].map(([name, times]) => ({ name, ...times })),
    }
  }

  const keeps = (since: number) => since >= forgotten && since <= number

  return {
    number: () => number,
    hear(change) {
      fresh = [...change.events, ...fresh].slice(0, KEPT)
      everybody ||= change.registry
      for (const dimension of DIMENSIONS)
        for (const key of change.touched[dimension]) touched[dimension].add(key)
    },
    next() {
      const counts = countsNow()
      const heading = headingOf()
      const buildings = differences(shown.building, counts.building)
      if (
        buildings.length === 0 &&
        heading.state === told.state &&
        heading.revision === told.revision &&
        heading.totals === told.totals &&
        heading.notices === told.notices
      )
        return false
      number++
      for (const key of buildings) changedIn.set(key, number)
      for (const dimension of DIMENSIONS)
        for (const key of differences(shown[dimension], counts[dimension]))
          touched[dimension].add(key)
      const isForAll = heading.state !== told.state || heading.notices !== told.notices
      last = { touched, everybody: everybody || isForAll }
      shown = counts
      told = heading
      touched = nobody()
      everybody = false
      recent = [...fresh.map((event) => ({ number, event })), ...recent]
      fresh = []
      forgotten = recent[KEPT]?.number ?? forgotten
      recent.length = Math.min(recent.length, KEPT)
      return true
    },
    concern(topic) {
      if (topic === 'city' || last.everybody) return true
      const scope = scopeOf(topic, registry)
      return scope ? last.touched[scope.dimension].has(scope.key) : false
    },
    after: (topic, since) => frame('changes', topic, since, EVENTS),
    keeps,
    whole(topic, since) {
      if (since !== null && keeps(since)) {
        const changes = frame('changes', topic, since, MISSED + 1)
        if (changes.events.length <= MISSED) return changes
      }
      return frame('reset', topic, 0, EVENTS)
    },
  }
}

const NONE = { open: 0, overdue: 0, emergency: 0 }
const nobody = (): Record<Dimension, Set<number>> => ({
  building: new Set(),
  organization: new Set(),
  district: new Set(),
})

function differences(before: ReadonlyMap<number, Counts>, after: ReadonlyMap<number, Counts>) {
  const changed: number[] = []
  for (const [key, now] of after) {
    const was = before.get(key)
    if (was?.open !== now.open || was.overdue !== now.overdue || was.emergency !== now.emergency)
      changed.push(key)
  }
  for (const key of before.keys()) if (!after.has(key)) changed.push(key)
  return changed
}

function liveEvent(event: PublicEvent, registry: Registry): LiveEvent {
  const building = registry.building(event.building)
  const organization = registry.organization(event.organization)
  const category = registry.category(event.category)
  return {
    seq: event.seq,
    type: event.type,
    request: event.request,
    key: event.building,
    building: building?.id ?? null,
    address: building?.address ?? null,
    district: registry.district(event.district)?.id ?? null,
    organization: organization?.id ?? null,
    organizationName: organization?.name ?? null,
    category: category?.id ?? null,
    categoryName: category?.name ?? null,
    priority: PRIORITIES[event.priority] ?? 'ordinary',
    occurredAt: event.occurredAt,
    recordedAt: event.recordedAt,
    tookS: event.tookS,
  }
}
