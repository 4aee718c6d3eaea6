import type { Registry } from '#server/domain/registry.ts'
import type { DeclaredOutage } from './declared.ts'
import { SCANNED } from './resources.ts'
import { housesOf, type Suspicion } from './suspicions.ts'

const HOUR = 3_600_000
/** A suspicion is the announced outage when so much of its houses is in it. */
const SAME = 0.5

/** Announced by that name, or the same resource at the same time in mostly the same houses. */
export function isAnnouncedAs(
  registry: Registry,
  outage: Pick<DeclaredOutage, 'suspicion' | 'resource' | 'startsAt' | 'endedAt' | 'buildings'>,
  suspicion: Pick<Suspicion, 'id' | 'resource' | 'raisedAt' | 'since' | 'calls'>,
): boolean {
  if (outage.suspicion === suspicion.id) return true
  if (outage.resource !== SCANNED[suspicion.resource]) return false
  if (
    suspicion.raisedAt < outage.startsAt - HOUR ||
    suspicion.since > (outage.endedAt ?? suspicion.since)
  )
    return false
  const announced = new Set(outage.buildings)
  const houses = housesOf(suspicion.calls.values())
  const shared = houses.filter(({ key }) => announced.has(registry.building(key)?.id ?? ''))
  return shared.length >= SAME * houses.length
}
