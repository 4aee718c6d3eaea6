import { TOPIC_KINDS, type Topic } from '#server/contract/live.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { Board, Counts, Dimension, PublicEvent, Scope } from './board.ts'

/** What `text` asks for; null when it is no topic. An id that nobody knows yet is one: other tabs share its stream. */
export function topicOf(text: string): Topic | null {
  if (text === 'city') return text
  const [, kind, id] = /^([a-z]+):(.{1,200})$/s.exec(text) ?? []
  const known = TOPIC_KINDS.find((one) => one === kind)
  return known && id !== undefined ? `${known}:${id}` : null
}

/** null = the whole city; undefined = nobody of that id is known. Keys may change when the facts are rebuilt, ids do not. */
export function scopeOf(topic: Topic, registry: Registry): Scope | null | undefined {
  if (topic === 'city') return null
  const at = topic.indexOf(':')
  const dimension = topic.slice(0, at) as Dimension
  const key = KEY_OF[dimension](topic.slice(at + 1), registry)
  return key === undefined ? undefined : { dimension, key }
}

const KEY_OF: Record<Dimension, (id: string, registry: Registry) => number | undefined> = {
  district: (id, registry) => registry.districtById(id)?.key,
  organization: (id, registry) => registry.organizationById(id)?.key,
  building: (id, registry) => registry.buildingById(id)?.key,
}

const COUNTS_BY: Record<Dimension, (board: Board, at: number) => ReadonlyMap<number, Counts>> = {
  district: (board, at) => board.byDistrict(at),
  organization: (board, at) => board.byOrganization(at),
  building: (board, at) => board.byBuilding(at),
}
const NONE: Counts = { open: 0, overdue: 0, emergency: 0, emergencyOverdue: 0 }

export function countsOf(scope: Scope | null | undefined, board: Board, at: number): Counts {
  if (scope === null) return board.totals(at)
  return (scope && COUNTS_BY[scope.dimension](board, at).get(scope.key)) ?? NONE
}

export const isAbout = (event: PublicEvent, scope: Scope | null | undefined) =>
  scope === null || (scope !== undefined && event[scope.dimension] === scope.key)

/** Whether a building stands in a district, is answered for by an organization, or is the one meant. */
export function isWithin(
  building: number,
  scope: Scope | null | undefined,
  { registry, at }: { registry: Registry; at: number },
): boolean {
  if (!scope) return scope === null
  if (scope.dimension === 'building') return building === scope.key
  const known = registry.building(building)
  if (scope.dimension === 'district') return known?.district === scope.key
  const held = known?.tenures.findLast(({ start }) => start <= at)
  return held !== undefined && (held.end ?? at + 1) > at && held.organization === scope.key
}
