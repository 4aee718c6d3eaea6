import type { Kind } from '#server/contract/vocabulary.ts'
import { tell } from '#server/desk.ts'
import { type Context, Refusal } from '#server/trpc.ts'

type Desk = Pick<Context, 'log' | 'now' | 'newId' | 'registry'>

function known({ log }: Desk, number: string) {
  if (log.key(`request:${number}`) === undefined)
    throw new Refusal('NOT_FOUND', `no request has the number "${number}"; check the number`)
}

/** A person found the house that the address means. */
export function resolveAddress(desk: Desk, number: string, building: string) {
  known(desk, number)
  if (!desk.registry.buildingById(building))
    throw new Refusal(
      'NOT_FOUND',
      `no building has the id "${building}"; choose one of the register`,
    )
  return tell(desk, 'operator', [{ type: 'request.address_resolved', request: number, building }])
}

/** A person confirmed who asks: the message is an appeal from now on. */
export function confirmIdentity(desk: Desk, number: string, kind: Exclude<Kind, 'message'>) {
  known(desk, number)
  return tell(desk, 'operator', [{ type: 'request.identity_verified', request: number, kind }])
}

/** It stays a message, is answered where it stands, and waits no longer. */
export function declineIdentity(desk: Desk, number: string) {
  known(desk, number)
  return tell(desk, 'operator', [
    { type: 'request.closed', request: number, because: 'identity_not_confirmed' },
  ])
}

/** Passed on to the proper addressee, with the reason on record. */
export function passOn(desk: Desk, number: string, organization: string) {
  known(desk, number)
  if (!desk.registry.organizationById(organization))
    throw new Refusal(
      'NOT_FOUND',
      `no organization has the id "${organization}"; choose one of the register`,
    )
  const at = desk.now()
  return tell(desk, 'operator', [
    { type: 'request.misdirected', request: number, addressee: organization, occurredAt: at },
    { type: 'request.transferred', request: number, organization, occurredAt: at },
  ])
}

/** It is right where it is: whoever answers now goes on answering. */
export function confirmAddressee(desk: Desk, number: string) {
  known(desk, number)
  return tell(desk, 'operator', [{ type: 'request.addressee_confirmed', request: number }])
}

/** Somebody at the authority has taken the complaint. */
export function takeComplaint(desk: Desk, number: string) {
  known(desk, number)
  return tell(desk, 'inspector', [{ type: 'request.acknowledged', request: number }])
}
