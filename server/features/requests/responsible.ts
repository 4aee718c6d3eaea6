import { standing } from '#server/domain/knowledge.ts'
import type { Building, Registry } from '#server/domain/registry.ts'
import type { RequestState } from '#server/domain/request-state.ts'
import { heldBy, successorAt, tenureOf, throughMergers } from '#server/domain/tenure.ts'
import { tenureAt } from '#server/store/rows.ts'
import { spellsIn } from '#server/store/spells.ts'
import type { LineFacts } from './lines.ts'

/**
 * Who answered for a request when, and who held its house at registration; with `knownAt`, by what the registry knew at that
 * instant. Whom the source named, and the authority that a complaint went to, stand as the facts have them.
 */
export function responsibleFor(
  registry: Registry,
  { row, state, knownAt }: { row: LineFacts; state: RequestState; knownAt: number | undefined },
) {
  const at = state.registeredAt
  const today =
    state.building === null
      ? registry.building(row.building)
      : registry.buildingById(state.building)
  const holds = today && tenureAt(today, at)
  // As in the rows: a complaint about the company does not follow the house to the next one.
  const follows = state.organization === null && row.about === 0
  const byHouse = follows && (holds?.organization ?? 0) === row.organization
  const building = today && knownAt !== undefined ? asKnown(today, registry, knownAt) : today
  const tenure = building && tenureAt(building, at)
  const organization =
    byHouse && knownAt !== undefined ? (tenure?.organization ?? 0) : row.organization
  const mergers = registry.mergers(knownAt)
  const { spells } = spellsIn(state, {
    building: follows ? building : undefined,
    organization,
    answering: (id, at) => registry.organizationById(successorAt(id, at, mergers))?.key ?? 0,
  })
  return { tenure, organization, spells }
}

function asKnown(building: Building, registry: Registry, knownAt: number): Building {
  const held = heldBy(standing(registry.told(building.key), knownAt).events)
  const keyOf = (id: string) => registry.organizationById(id)?.key
  return {
    ...building,
    tenures: throughMergers(held, registry.mergers(knownAt)).map((one) => tenureOf(one, keyOf)),
  }
}
