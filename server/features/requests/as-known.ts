import { markBit, marksOf } from '#server/contract/vocabulary.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { RequestState } from '#server/domain/request-state.ts'
import type { RequestLine } from './lines.ts'

/** Marks that the registry gives, and not the events. */
const OF_REGISTRY =
  markBit('unknown_building') | markBit('unknown_organization') | markBit('unknown_category')

/** The line as its events told it by an earlier instant; what the registry says of it is today's. */
export function lineAsKnown(
  now: RequestLine,
  state: RequestState,
  registry: Registry,
): RequestLine {
  const building = state.building === null ? undefined : registry.buildingById(state.building)
  const named = (id: string | null) => {
    const found = id === null ? undefined : registry.organizationById(id)
    return found ? { id: found.id, name: found.name } : null
  }
  const last = state.spells.at(-1)?.organization ?? null
  return {
    ...now,
    building: building ? { id: building.id, address: building.address } : null,
    place: state.place ?? (building ? null : state.building),
    district: building ? now.district : null,
    responsible: last === null ? now.organization : named(last),
    category:
      state.category === null ? null : (registry.categoryById(state.category)?.name ?? null),
    channel: state.channel,
    priority: state.priority,
    kind: state.kind,
    state: state.state,
    outcome: state.outcome,
    registeredAt: state.registeredAt,
    closedAt: state.closedAt,
    reopenings: state.reopenings,
    returns: state.returns,
    transfers: state.transfers,
    marks: marksOf(state.marks | (bitsOf(now) & OF_REGISTRY)),
    message: state.appealAt === null,
  }
}

const bitsOf = ({ marks }: RequestLine) => marks.reduce((bits, mark) => bits | markBit(mark), 0)
