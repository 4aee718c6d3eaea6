import type { Resource } from '#server/contract/vocabulary.ts'
import type { Registry } from '#server/domain/registry.ts'
import { isAnnouncedAs } from './announced.ts'
import { outlineOf } from './area.ts'
import type { DeclaredOutage } from './declared.ts'
import type { Dismissed } from './detector.ts'
import type { Place } from './places.ts'
import { SCANNED } from './resources.ts'
import { endsAt, housesOf, type Suspicion } from './suspicions.ts'
import type { OutageWatch } from './watch.ts'

/** A suspicion as it stood in a half-open time, by the calls that had reached the log. UTC epoch milliseconds. */
export interface SuspectedThen {
  id: string
  resource: Resource
  raisedAt: number
  from: number
  to: number
  houses: Place[]
  outline: [number, number][] | null
}

interface Asked {
  registry: Registry
  outages: Pick<OutageWatch, 'suspicions' | 'declared' | 'dismissal'>
}
interface Told {
  registry: Registry
  suspicion: Suspicion
  dismissed: Dismissed | undefined
  declared: readonly DeclaredOutage[]
}
interface Window {
  /** Both included. */
  at: number
  to: number
  /** What was recorded by then; absent = by each instant itself. A suspicion is an opinion of its own time: later knowledge adds nothing. */
  by?: number | undefined
}

/**
 * Suspicions in the window that nobody had dismissed or announced by then, each in stretches in which it kept its houses, in the order of time.
 * Where houses stand is told by the register of today.
 */
export function suspectedThen({ registry, outages }: Asked, window: Window): SuspectedThen[] {
  const declared = outages.declared()
  return outages
    .suspicions()
    .flatMap((suspicion) => {
      const dismissed = outages.dismissal(suspicion.id)
      return stretchesOf({ registry, suspicion, dismissed, declared }, window)
    })
    .sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1))
}

function stretchesOf(told: Told, { at, to, by }: Window): SuspectedThen[] {
  const { suspicion } = told
  if (suspicion.raisedAt > Math.min(to, by ?? to) || endsAt(suspicion) <= at) return []
  const turns = turnsOf(told).filter((turn) => turn > at && turn <= to)
  const starts = [at, ...new Set(turns.sort((a, b) => a - b))]
  const found: SuspectedThen[] = []
  for (const [i, from] of starts.entries()) {
    const known = knownOf(told, Math.min(from, by ?? from))
    if (!known || known.endsAt <= from) continue
    const last = found.at(-1)
    const until = Math.min(starts[i + 1] ?? known.endsAt, known.endsAt)
    if (last?.to === from && last.houses.length === known.houses.length) last.to = until
    else found.push({ ...headOf(suspicion), from, to: until, houses: known.houses, outline: null })
  }
  return found.map((stretch) => ({ ...stretch, outline: outlineOf(stretch.houses) }))
}

const headOf = ({ id, resource, raisedAt }: Suspicion) => ({
  id,
  resource: SCANNED[resource] ?? 'heating',
  raisedAt,
})

/** Instants at which something became known that may change it. */
const turnsOf = ({ suspicion, dismissed, declared }: Told): number[] => [
  ...Array.from(suspicion.calls.values(), ({ heardAt }) => heardAt),
  ...declared.flatMap(({ declaredHeardAt, endedHeardAt }) =>
    endedHeardAt === null ? declaredHeardAt : [declaredHeardAt, endedHeardAt],
  ),
  ...(dismissed ? [dismissed.recordedAt] : []),
]

/** The suspicion with nothing in it that came after an instant; null = there was none, or a person had said what it is. */
function knownOf({ registry, suspicion, dismissed, declared }: Told, heard: number) {
  if (suspicion.raisedAt > heard || (dismissed && dismissed.recordedAt <= heard)) return null
  const calls = new Map([...suspicion.calls].filter(([, { heardAt }]) => heardAt <= heard))
  const members = [...calls.values()]
  const known = { ...suspicion, calls, since: Math.min(...members.map(({ at }) => at)) }
  const isAnnounced = declared.some(({ endedAt, endedHeardAt, ...outage }) => {
    const ended = endedHeardAt !== null && endedHeardAt <= heard ? endedAt : null
    return (
      outage.declaredHeardAt <= heard &&
      isAnnouncedAs(registry, { ...outage, endedAt: ended }, known)
    )
  })
  if (isAnnounced) return null
  const until = Math.max(...members.map((member) => member.until))
  return { endsAt: endsAt({ until }), houses: housesOf(members) }
}
