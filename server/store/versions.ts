import type { Recorded, RequestEvent, RequestEventType } from '#server/contract/events.ts'
import { markBit } from '#server/contract/vocabulary.ts'
import { LIFE } from '#server/domain/life-order.ts'
import { foldRequest } from '#server/domain/lifecycle.ts'
import type { RequestState } from '#server/domain/request-state.ts'
import { dueOf } from './due.ts'
import { type Rows, rowsOf, type Surroundings } from './rows.ts'
import type { SpellRow, VersionRow } from './schema.ts'

type Told = Recorded<RequestEvent>

export interface RequestRows extends Rows {
  versions: VersionRow[]
}

const STARTS = new Set<RequestEventType>([
  'request.registered',
  'request.transferred',
  'request.reopened',
  'request.rejected_by_resident',
])
const ENDS = new Set<RequestEventType>([
  'request.transferred',
  'request.closed',
  'request.closed_no_response',
  'request.confirmed',
  'request.refused',
  'request.cancelled',
  'request.marked_duplicate',
  'request.forwarded',
])
/** They change what is said of times that have passed, or what stands beside an open request. */
const CHANGES = new Set<RequestEventType>([
  'request.corrected',
  'request.category_changed',
  'request.priority_changed',
  'request.address_resolved',
  'request.identity_verified',
])
/** From some of these a norm's clock starts. */
const CLOCKS = new Set<RequestEventType>(['request.acknowledged', 'request.arrived'])
const RANK = new Map(LIFE.map((type, rank) => [type, rank]))
/** A request that was told anew more often keeps its newest versions. */
const MOST_VERSIONS = 256

/**
 * The rows of a request, with what was known of it when. Where the log heard its story in the order in which it happened, the two
 * instants of each spell say it all; else every version of the story has rows of its own. At `at`, as known at `known`, a request stands
 * as the events with `recordedAt <= known` tell it, those with `occurredAt > at` left out; who answered is the register's of today.
 */
export function rowsTold(
  key: number,
  events: readonly Told[],
  around: Surroundings,
): RequestRows | undefined {
  const rows = rowsAsTold(key, events, around)
  if (!rows || !events.some(isAhead)) return rows
  const { spells, versions } = rowsAsTold(key, events.map(heardAtLast), around) ?? rows
  const { due_at } = rows.request
  return { ...rows, versions, spells: spells.map((spell) => ({ ...spell, due_at })) }
}

/** A source's clock may run years ahead. What it says of a request stands; but it was open, or was not, at the latest from when we heard so. */
const isAhead = ({ type, occurredAt, recordedAt }: Told) =>
  occurredAt > recordedAt && (STARTS.has(type) || ENDS.has(type))
const heardAtLast = (event: Told): Told =>
  isAhead(event) ? { ...event, occurredAt: event.recordedAt } : event

function rowsAsTold(
  key: number,
  events: readonly Told[],
  around: Surroundings,
): RequestRows | undefined {
  const state = foldRequest(events)
  if (!state) return undefined
  const rows = rowsOf(key, state, around)
  if (isInOrder(events, state) && dueStands(state, rows, around) && hearSpells(rows.spells, events))
    return { ...rows, versions: [] }
  const stories = storiesOf(key, events, around)
  if (fitsSpells(rows.spells, stories)) return { ...rows, versions: [] }
  for (const spell of rows.spells) spell.retold = true
  return { ...rows, versions: versionsOf(key, stories) }
}

/** Whether whatever was known at any instant is the beginning of the life as it is known now. `events` as recorded. */
function isInOrder(events: readonly Told[], state: RequestState): boolean {
  if (state.marks & markBit('no_registration')) return false
  let last = Number.NEGATIVE_INFINITY
  let [before, beforeRank] = [last, -1]
  let [now, nowRank] = [last, -1]
  for (const { type, occurredAt, recordedAt } of events) {
    if (CHANGES.has(type) || occurredAt < state.registeredAt || recordedAt < last) return false
    const rank = RANK.get(type) ?? 0
    if (recordedAt > last) {
      ;[before, beforeRank, last] = [now, nowRank, recordedAt]
    }
    if (occurredAt < before || (occurredAt === before && rank < beforeRank)) return false
    if (occurredAt > now || (occurredAt === now && rank > nowRank))
      [now, nowRank] = [occurredAt, rank]
  }
  return true
}

/** The due time of today was that of the registration already. */
function dueStands(state: RequestState, { request }: Rows, { norms }: Surroundings): boolean {
  if (state.dueAt !== null || !norms) return true
  const first = { ...state, acknowledgedAt: null, arrivedAt: null, closedAt: null }
  return dueOf({ ...first, outcome: 'open' }, norms).dueAt === request.due_at
}

/**
 * Fills in when the beginning and the end of each spell reached the log; false where several events of one instant, heard apart, may
 * have made it. What a contract cut is known with the spell that it cuts.
 */
function hearSpells(spells: readonly SpellRow[], events: readonly Told[]): boolean {
  const starts = new Map<number, number>()
  const ends = new Map<number, number>()
  for (const { type, occurredAt, recordedAt } of events)
    for (const [types, heard] of [
      [STARTS, starts],
      [ENDS, ends],
    ] as const) {
      if (!types.has(type)) continue
      if ((heard.get(occurredAt) ?? recordedAt) !== recordedAt) return false
      heard.set(occurredAt, recordedAt)
    }
  let known: number | null = null
  for (const spell of spells) {
    known = starts.get(Number(spell.start_at)) ?? known
    spell.known_at = known
    spell.end_known_at = spell.end_at === null ? null : (ends.get(spell.end_at) ?? known)
  }
  return true
}

interface Piece extends Omit<VersionRow, 'request' | 'known_at' | 'known_until'> {
  start_at: number
}
interface Story {
  knownAt: number
  pieces: Piece[]
}

/** What was believed of its open times, from each instant on at which that changed. */
function storiesOf(key: number, events: readonly Told[], around: Surroundings): Story[] {
  const read = (some: readonly Told[]) => {
    const state = foldRequest(some)
    return state && rowsOf(key, state, around)
  }
  const [first] = events
  // Without its registration a request begins with whatever is heard of it.
  const any = first?.type !== 'request.registered' || events.some(({ type }) => CHANGES.has(type))
  const moves = ({ type }: Told) => any || STARTS.has(type) || ENDS.has(type) || CLOCKS.has(type)
  const instants = new Set<number>()
  for (const event of events) if (moves(event)) instants.add(event.recordedAt)
  const stories: Story[] = []
  let before = ''
  for (const knownAt of [...instants].sort((a, b) => a - b).slice(-MOST_VERSIONS)) {
    const known = events.filter(({ recordedAt }) => recordedAt <= knownAt)
    const pieces = piecesOf(known, read)
    const said = JSON.stringify(pieces)
    if (said !== before) stories.push({ knownAt, pieces })
    before = said
  }
  return stories
}

/** The times in which it was open, cut where something beside it changed. */
function piecesOf(
  known: readonly Told[],
  read: (some: readonly Told[]) => Rows | undefined,
): Piece[] {
  const spells = read(known)?.spells ?? []
  // Of a request whose first registration was corrected away another may come after its beginning.
  const cuts = known
    .filter(({ type }) => CHANGES.has(type) || CLOCKS.has(type) || type === 'request.registered')
    .map(({ occurredAt }) => occurredAt)
    .sort((a, b) => a - b)
  const pieces: Piece[] = []
  for (const spell of spells) {
    const [start, end] = [Number(spell.start_at), spell.end_at]
    const within = cuts.filter((cut) => cut > start && (end === null || cut < end))
    for (const from of new Set([start, ...within])) {
      const to = within.find((cut) => cut > from) ?? end
      if (to !== null && to <= from) continue
      // A correction counts from the moment it is known, whenever it was made.
      const sofar = known.filter(
        ({ type, occurredAt }) => occurredAt <= from || type === 'request.corrected',
      )
      const stood = sofar.length === known.length ? spell : read(sofar)?.spells.at(-1)
      const { building, district, category, priority, due_at } = stood ?? spell
      const { organization, test } = spell
      const piece = { organization, building, district, category, priority }
      const next: Piece = { ...piece, start_at: from, end_at: to, due_at, test }
      const last = pieces.at(-1)
      if (last?.end_at === from && likeOf(last) === likeOf(next)) last.end_at = to
      else pieces.push(next)
    }
  }
  return pieces
}

const likeOf = ({ start_at: _, end_at: __, ...rest }: Piece) => JSON.stringify(rest)

/** Fills in the two instants of each spell, and says whether they tell every story. */
function fitsSpells(spells: readonly SpellRow[], stories: readonly Story[]): boolean {
  const last = stories.at(-1)
  if (!last) return false
  const same = (piece: Piece, spell: SpellRow) =>
    piece.start_at === spell.start_at &&
    piece.organization === spell.organization &&
    piece.building === spell.building &&
    piece.category === spell.category &&
    piece.priority === spell.priority &&
    piece.due_at === spell.due_at
  const lived: SpellRow[] = []
  for (const spell of spells) {
    if (spell.end_at !== null && spell.end_at <= Number(spell.start_at)) {
      spell.known_at = last.knownAt
      spell.end_known_at = last.knownAt
      continue
    }
    lived.push(spell)
    const told = stories.filter(({ pieces }) => pieces.some((piece) => same(piece, spell)))
    const ended = told.find(({ pieces }) =>
      pieces.some((piece) => same(piece, spell) && piece.end_at === spell.end_at),
    )
    spell.known_at = (told[0] ?? last).knownAt
    spell.end_known_at = spell.end_at === null ? null : (ended ?? last).knownAt
  }
  return stories.every(({ knownAt, pieces }) => {
    const told = lived.filter((spell) => (spell.known_at ?? 0) <= knownAt)
    return (
      told.length === pieces.length &&
      told.every((spell, index) => {
        const piece = pieces[index]
        const end = (spell.end_known_at ?? knownAt) <= knownAt ? spell.end_at : null
        return piece !== undefined && same(piece, spell) && piece.end_at === end
      })
    )
  })
}

/** A piece that several stories in a row tell is one row. */
function versionsOf(request: number, stories: readonly Story[]): VersionRow[] {
  const versions: VersionRow[] = []
  let told = new Map<string, VersionRow>()
  for (const { knownAt, pieces } of stories) {
    const now = new Map<string, VersionRow>()
    for (const piece of pieces) {
      const name = JSON.stringify(piece)
      const row = told.get(name) ?? { request, ...piece, known_at: knownAt, known_until: null }
      if (!told.has(name)) versions.push(row)
      now.set(name, row)
    }
    for (const [name, row] of told) if (!now.has(name)) row.known_until = knownAt
    told = now
  }
  return versions
}
