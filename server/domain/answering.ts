import type { Instants } from './clocks.ts'
import { standing } from './knowledge.ts'
import type { Building, Registry } from './registry.ts'
import { answeringAt, heldBy, throughMergers } from './tenure.ts'

/** Who answered for a building, by both clocks, mergers followed. */
export function answeringBy(registry: Registry, { asOf, knownAt }: Instants) {
  const mergers = registry.mergers(knownAt)
  return ({ key }: Pick<Building, 'key'>) =>
    answeringAt(throughMergers(heldBy(standing(registry.told(key), knownAt).events), mergers), asOf)
}

/** Whether a building had gone from the register, by both clocks; undefined where it was not in it yet. */
export function goneAt(
  registry: Registry,
  { key, gone }: Pick<Building, 'key' | 'gone'>,
  { asOf, knownAt, now }: Instants,
): boolean | undefined {
  if (knownAt === Number.POSITIVE_INFINITY && asOf >= now) return gone
  const last = standing(registry.told(key), knownAt).events.findLast(
    ({ type, occurredAt }) =>
      occurredAt <= asOf && (type === 'building.registered' || type === 'building.removed'),
  )
  return last && last.type === 'building.removed'
}
