import { isRequestEvent } from '#server/contract/events.ts'
import type { Kind } from '#server/contract/vocabulary.ts'
import { type Act, tell } from '#server/desk.ts'
import { isAboutCompany, isKeeper, properAddressee } from '#server/domain/addressees.ts'
import { foldRequest } from '#server/domain/lifecycle.ts'
import type { RequestState } from '#server/domain/request-state.ts'
import { tenureAt } from '#server/store/rows.ts'
import { type Context, Refusal } from '#server/trpc.ts'

type Desk = Pick<Context, 'log' | 'now' | 'newId' | 'registry'>

interface Known {
  state: RequestState
  /** Of its last event: what is done twice upon the same state is one act. */
  seq: number
}

/** The request as the log tells it at this moment: the facts come a little later. */
function known({ log }: Desk, number: string): Known {
  const key = log.key(`request:${number}`)
  const events = key === undefined ? [] : log.stream(key).filter((event) => isRequestEvent(event))
  const state = foldRequest(events)
  if (!state)
    throw new Refusal('NOT_FOUND', `no request has the number "${number}"; check the number`)
  return { state, seq: events.reduce((last, { seq }) => Math.max(last, seq), 0) }
}

const moved = (number: string, what: string) =>
  new Refusal('CONFLICT', `request "${number}" ${what}; look at it again`)

const idOf = (act: string, number: string, { seq }: Known) =>
  `desk:${act}:${number.slice(0, 90)}:${seq}`

/** Two different acts upon the same state: the first one stands. */
async function act(desk: Desk, party: 'operator' | 'inspector', number: string, acts: Act[]) {
  try {
    return await tell(desk, party, acts)
  } catch (cause) {
    if (cause instanceof Refusal && cause.code === 'CONFLICT')
      throw moved(number, 'was dealt with by somebody a moment ago')
    throw cause
  }
}

/** A person found the house that the address means. */
export function resolveAddress(desk: Desk, number: string, building: string) {
  const found = known(desk, number)
  if (!desk.registry.buildingById(building))
    throw new Refusal(
      'NOT_FOUND',
      `no building has the id "${building}"; choose one of the register`,
    )
  const id = idOf('address', number, found)
  return act(desk, 'operator', number, [
    { id, type: 'request.address_resolved', request: number, building },
  ])
}

function unconfirmed(desk: Desk, number: string): Known {
  const found = known(desk, number)
  const { kind, appealAt, outcome } = found.state
  if (outcome !== 'open') throw moved(number, 'is closed already')
  if (kind !== 'message' || appealAt !== null)
    throw moved(number, 'is no message that waits for who asks to be confirmed')
  return found
}

/** A person confirmed who asks: the message is an appeal from now on. */
export function confirmIdentity(desk: Desk, number: string, kind: Exclude<Kind, 'message'>) {
  const id = idOf('identity', number, unconfirmed(desk, number))
  return act(desk, 'operator', number, [
    { id, type: 'request.identity_verified', request: number, kind },
  ])
}

/** It stays a message, is answered where it stands, and waits no longer. */
export function declineIdentity(desk: Desk, number: string) {
  const id = idOf('identity', number, unconfirmed(desk, number))
  return act(desk, 'operator', number, [
    { id, type: 'request.closed', request: number, because: 'identity_not_confirmed' },
  ])
}

/** Passed on to the proper addressee, with the reason on record. */
export function passOn(desk: Desk, number: string, organization: string) {
  const { registry } = desk
  const found = known(desk, number)
  if (!registry.organizationById(organization))
    throw new Refusal(
      'NOT_FOUND',
      `no organization has the id "${organization}"; choose one of the register`,
    )
  const { state } = found
  if (state.outcome !== 'open') throw moved(number, 'is closed already')
  const category = categoryOf(desk, state)
  const named = state.spells.at(-1)?.organization ?? state.organization
  const answers = named ?? tenureOf(desk, state)
  const wrong =
    state.misdirected !== null || properAddressee(category, registry.organizations()) !== undefined
  /** With another kind of organization, or with the one that a person chose. */
  const elsewhere =
    named !== null &&
    (!isKeeper(registry.organizationById(named)) || named === state.misdirected?.addressee)
  const waits = answers === null || (wrong && !elsewhere && !state.addresseeConfirmed)
  if (!waits || state.kind === 'message' || isAboutCompany(state.kind, category))
    throw moved(number, 'does not wait to be passed on')
  if (answers === organization) throw moved(number, 'is with that organization already')
  const at = desk.now()
  return act(desk, 'operator', number, [
    {
      ...{ id: idOf('addressee', number, found), type: 'request.misdirected', request: number },
      ...{ addressee: organization, occurredAt: at },
    },
    {
      ...{ id: idOf('pass', number, found), type: 'request.transferred', request: number },
      ...{ organization, occurredAt: at },
    },
  ])
}

/** It is right where it is: whoever answers now goes on answering. */
export function confirmAddressee(desk: Desk, number: string) {
  const id = idOf('addressee', number, known(desk, number))
  return act(desk, 'operator', number, [
    { id, type: 'request.addressee_confirmed', request: number },
  ])
}

/** Somebody at the authority has taken the complaint. */
export function takeComplaint(desk: Desk, number: string) {
  const found = known(desk, number)
  const { state } = found
  if (state.outcome !== 'open') throw moved(number, 'is closed already')
  if (!isAboutCompany(state.kind, categoryOf(desk, state)))
    throw moved(number, 'is no complaint about a company')
  if (state.acknowledgedAt !== null) throw moved(number, 'was taken already')
  const id = idOf('take', number, found)
  return act(desk, 'inspector', number, [{ id, type: 'request.acknowledged', request: number }])
}

const categoryOf = ({ registry }: Desk, { category }: RequestState) =>
  category === null ? undefined : registry.categoryById(category)

/** Who holds the house: its id; null = nobody. */
function tenureOf({ registry }: Desk, state: RequestState): string | null {
  const { building: id, place, registeredAt } = state
  const meant = id === null && place !== null ? registry.addressed(place).found : null
  const building = meant
    ? registry.building(meant.building)
    : id === null
      ? undefined
      : registry.buildingById(id)
  const tenure = building && tenureAt(building, registeredAt)
  return tenure ? (registry.organization(tenure.organization)?.id ?? null) : null
}
