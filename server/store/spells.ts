import type { SpellEnd } from '#server/contract/vocabulary.ts'
import { type Building, isTransfer, type Tenure } from '#server/domain/registry.ts'
import type { RequestState } from '#server/domain/request-state.ts'

/** An interval in which one organization, by its key, answered for the open request. */
export interface Answered {
  organization: number
  start: number
  end: number | null
  reason: SpellEnd
}

const NOBODY: readonly Tenure[] = []

/**
 * Who answered for the open request when. A house that passes to another holder takes its open requests along: the new holder's
 * spell begins with its contract. A source that tells of its transfers itself, or names who answers, is believed; a contract told
 * before it began counts from the request's next event after that. `transfers`: how many the register adds to those told.
 */
export function spellsIn(
  state: RequestState,
  {
    building,
    organization,
    answering,
  }: {
    building: Building | undefined
    /** Who answered at registration. */
    organization: number
    /** Key of an organization that the source names. */
    answering: (id: string, at: number) => number
  },
): { spells: Answered[]; transfers: number } {
  const follows = building && state.organization === null && state.transfers === 0
  const tenures = follows
    ? building.tenures.filter(({ ahead, start }) => !ahead || start <= state.lastEventAt)
    : NOBODY
  let transfers = 0
  const spells = state.spells.flatMap(({ organization: named, start, end, reason }, index) => {
    if (named !== null) return [{ organization: answering(named, start), start, end, reason }]
    const first = tenures.findLast((tenure) => tenure.start <= start)
    const pieces: Answered[] = []
    let held = { organization: index > 0 && first ? first.organization : organization, start }
    let before = first
    for (const tenure of tenures) {
      if (tenure.start <= start || (end !== null && tenure.start >= end)) continue
      if (isTransfer(before, tenure)) transfers++
      before = tenure
      if (tenure.organization === held.organization) continue
      pieces.push({ ...held, end: tenure.start, reason: 'transferred' })
      held = { organization: tenure.organization, start: tenure.start }
    }
    return [...pieces, { ...held, end, reason }]
  })
  return { spells, transfers }
}
