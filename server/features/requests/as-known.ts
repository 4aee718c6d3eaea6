import { markBit, marksOf } from '#server/contract/vocabulary.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { RequestState } from '#server/domain/request-state.ts'
import type { RequestLine } from './lines.ts'

/** Marks that the registry gives, and not the events. */
const OF_REGISTRY =
  markBit('unknown_building') | markBit('unknown_organization') | markBit('unknown_category')

/** The line as its events told it by an earlier instant; names and the house that an address means are today's. */
export function lineAsKnown(
  now: RequestLine,
  state: RequestState,
  registry: Registry,
): RequestLine {
  const meant = now.addressScore === null ? null : now.building
  const building = state.building === null ? meant : registry.buildingById(state.building)
  return {
    ...now,
    building: building ? { id: building.id, address: building.address } : null,
    place: state.place ?? (building ? null : state.building),
    district: building ? now.district : null,
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
