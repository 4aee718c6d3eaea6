/** A request joins the incident of the first one registered so long before it at most (method, section 1). */
export const JOIN_WINDOW_MS = 86_400_000
/** After a first closing a request of the same flat or riser is the same fault come back. */
export const REPEAT_WINDOW_MS = 14 * 86_400_000

/** A request as its incident sees it: of one building and category with the others. Instants are UTC epoch milliseconds. */
export interface Member {
  key: number
  registeredAt: number
  /** The closing that stands. */
  closedAt: number | null
  /** Null where there is none, or where nobody knows when it was. */
  firstClosedAt: number | null
  /** A request for work with sound times: others become one incident or a repeat with it. */
  sound: boolean
  /** A person said where it belongs: no rule says otherwise. */
  placed: boolean
  /** Neither withdrawn nor a proven duplicate: its closing said that the fault is gone. */
  kept: boolean
  /** Closed as a duplicate: that closed the call, and its incident only when the first request closed. */
  duplicate: boolean
  /** Its source links it as a repeat itself. */
  linked: boolean
  /** Pseudonym of who asks, as a number; 0 = unknown. */
  subject: number
  /** 0 = unknown. */
  entrance: number
  riser: number
  /** Seconds from its first closing until it was told to have come back; null = it was not. */
  reopenDelayS: number | null
}

export interface Place {
  /** Key of the incident's first request: of itself where it is the first, or alone. */
  incident: number
  /** The same person reported the same incident before, maybe through another channel. */
  duplicateOf: number | null
  /** The fault that was closed is back under a new number that its source did not link. */
  hiddenRepeatOf: number | null
  /** Told or hidden, the earliest. */
  effectiveReopenDelayS: number | null
}

/**
 * Where the requests of one building and category belong, given by instant of registration and then in any order that does
 * not change: incidents, duplicates within them, repeats under a new number.
 */
export function placesOf(members: readonly Member[]): Place[] {
  const places = members.map(
    (member): Place => ({
      incident: member.key,
      duplicateOf: null,
      hiddenRepeatOf: null,
      effectiveReopenDelayS: member.reopenDelayS,
    }),
  )
  if (members.length > 1) {
    gather(members, places)
    findRepeats(members, places)
  }
  return places
}

function gather(members: readonly Member[], places: readonly Place[]) {
  let head: Member | undefined
  let reporters = new Map<number, number>()
  for (const [index, member] of members.entries()) {
    const place = places[index]
    if (!place || !member.sound || member.placed) continue
    const joins =
      head &&
      member.registeredAt <= head.registeredAt + JOIN_WINDOW_MS &&
      (head.closedAt === null || member.registeredAt < head.closedAt)
    if (!head || !joins) {
      head = member
      reporters = new Map()
    }
    place.incident = head.key
    if (member.subject === 0) continue
    const before = reporters.get(member.subject)
    if (before === undefined) reporters.set(member.subject, member.key)
    else place.duplicateOf = before
  }
}

const sameHome = (a: Member, b: Member) =>
  (a.subject !== 0 && a.subject === b.subject) ||
  (a.riser !== 0 && a.riser === b.riser && a.entrance !== 0 && a.entrance === b.entrance)

/** When it was said that the fault is gone; a duplicate says so only with the first request of its incident. Null = never. */
function closingOf(member: Member, head: Member | undefined): number | null {
  if (!member.sound || member.firstClosedAt === null) return null
  if (member.kept) return member.firstClosedAt
  if (!member.duplicate || !head?.kept || head.firstClosedAt === null) return null
  return Math.max(member.firstClosedAt, head.firstClosedAt)
}

/** Each repeat is of the closing nearest before it; the earlier request came back with its first repeat. */
function findRepeats(members: readonly Member[], places: readonly Place[]) {
  const byKey = new Map(members.map((member) => [member.key, member]))
  const closings = members.map((member, at) =>
    closingOf(member, byKey.get(places[at]?.incident ?? member.key)),
  )
  for (const [index, member] of members.entries()) {
    const place = places[index]
    if (!place || !member.sound || member.linked) continue
    let found = -1
    let nearest = Number.NEGATIVE_INFINITY
    for (let at = 0; at < index; at++) {
      const earlier = members[at]
      const closed = closings[at] ?? null
      if (!earlier || closed === null) continue
      if (closed > member.registeredAt || closed <= nearest) continue
      if (member.registeredAt > closed + REPEAT_WINDOW_MS || !sameHome(earlier, member)) continue
      found = at
      nearest = closed
    }
    const earlier = places[found]
    if (!earlier) continue
    place.hiddenRepeatOf = members[found]?.key ?? null
    const firstClosed = members[found]?.firstClosedAt ?? nearest
    const delay = Math.round((member.registeredAt - firstClosed) / 1000)
    earlier.effectiveReopenDelayS = Math.min(earlier.effectiveReopenDelayS ?? delay, delay)
  }
}

/**
 * Incidents of the requests that a person joined to others: that of the request at the end of the chain. Where the chain comes
 * back to itself nobody is first, and each is its own.
 */
export function joinedIncidents(
  joins: ReadonlyMap<number, number>,
  incidentOf: (key: number) => number | undefined,
): Map<number, number> {
  const incidents = new Map<number, number>()
  for (const [key, target] of joins) {
    const passed = new Set([key])
    let end = target
    for (let next = joins.get(end); next !== undefined && !passed.has(end); next = joins.get(end)) {
      passed.add(end)
      end = next
    }
    incidents.set(key, passed.has(end) ? key : (incidentOf(end) ?? end))
  }
  return incidents
}
