import { PRIORITIES, type Words } from '#server/contract/vocabulary.ts'
import { minuteOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'

const EMERGENCY = PRIORITIES.indexOf('emergency')
const ROWS = 6

export interface Running {
  number: string
  building: { id: string; address: Words } | null
  organization: { id: string; name: string } | null
  category: Words | null
  registeredAt: number
  dueAt: number | null
}

/**
 * Open requests whose clocks run: emergencies if the city has any, else all that are overdue; those furthest past their limit
 * first, then those nearest to it.
 */
export function running(
  { board, registry, now }: Context,
  scope: { district: readonly string[] },
): { kind: 'emergency' | 'overdue'; rows: Running[] } {
  const minute = minuteOf(now())
  const keys = scope.district.map((id) => registry.districtById(id)?.key ?? -1)
  const within = [...board.open()].filter(
    ({ district }) => keys.length === 0 || keys.includes(district),
  )
  const emergencies = within.filter(({ priority }) => priority === EMERGENCY)
  const kind = emergencies.length > 0 ? 'emergency' : 'overdue'
  const rows = (
    kind === 'emergency'
      ? emergencies
      : within.filter(({ dueAt }) => dueAt !== null && dueAt < minute)
  ).sort(
    (a, b) =>
      (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY) ||
      a.registeredAt - b.registeredAt ||
      a.request - b.request,
  )
  return {
    kind,
    rows: rows.slice(0, ROWS).map((open) => {
      const building = registry.building(open.building)
      const organization = registry.organization(open.organization)
      return {
        number: open.number,
        building: building ? { id: building.id, address: building.address } : null,
        organization: organization ? { id: organization.id, name: organization.name } : null,
        category: registry.category(open.category)?.name ?? null,
        registeredAt: open.registeredAt,
        dueAt: open.dueAt,
      }
    }),
  }
}
