import { z } from 'zod'
import { RecipientDraft, RuleDraft, Who } from '#server/contract/notices.ts'
import { mustBeImpersonal } from '#server/impersonal.ts'
import { NOTHING } from '#server/notices/message.ts'
import type { Rule } from '#server/notices/rule.ts'
import { allowedHost } from '#server/notices/webhook.ts'
import { type Context, Refusal } from '#server/trpc.ts'

type Desk = Pick<Context, 'notices' | 'newId' | 'registry'>
const id = z.string().min(1).max(128)
/** `told`: rules times their recipients; each of them is looked after at every look. */
const MOST = { rules: 100, recipients: 200, told: 500 }

/** Who they say they are; a phone or a mail address is no name. */
function signed(by: string) {
  mustBeImpersonal(by, 'signature')
}
function ruleBy({ notices }: Desk, id: string): Rule {
  const rule = notices.rules.rules().find((one) => one.id === id)
  if (rule) return rule
  throw new Refusal('NOT_FOUND', 'there is no such rule any more; look at the list again')
}

export const RuleSaved = z.object({ id: id.nullable(), draft: RuleDraft, by: Who })
export async function saveRule(desk: Desk, { id, draft, by }: z.output<typeof RuleSaved>) {
  const { notices, newId, registry } = desk
  signed(by)
  mustBeImpersonal(draft.name, 'name of the rule')
  const known = id === null ? null : ruleBy(desk, id)
  if (!known && notices.rules.rules().length >= MOST.rules)
    throw new Refusal('CONFLICT', `there are ${MOST.rules} rules already; remove one first`)
  const others = notices.rules.rules().filter((one) => one.id !== known?.id)
  const told = others.reduce((sum, one) => sum + one.recipients.length, draft.recipients.length)
  if (told > MOST.told && draft.recipients.length > (known?.recipients.length ?? 0))
    throw new Refusal(
      'CONFLICT',
      `all rules together tell ${told} recipients, and at most ${MOST.told} are told; take recipients away, or send to a group`,
    )
  const recipients = new Set(notices.rules.recipients().map((one) => one.id))
  const missing = draft.recipients.find((one) => !recipients.has(one))
  if (missing !== undefined)
    throw new Refusal('BAD_REQUEST', 'one of the recipients was removed; open the rule again')
  const { of, ids } = draft.scope
  const unknown = ids.find(
    (one) => !(of === 'district' ? registry.districtById(one) : registry.organizationById(one)),
  )
  if (of !== 'city' && unknown !== undefined)
    throw new Refusal('BAD_REQUEST', `no ${of} "${unknown}" is registered`)
  const rule: Rule = {
    ...draft,
    id: known?.id ?? `r-${newId()}`,
    paused: known?.paused ?? false,
    mutedUntil: known?.mutedUntil ?? null,
    changedBy: by,
    changedAt: notices.now(),
  }
  notices.rules.putRule(rule)
  await notices.touch()
  return { id: rule.id }
}

export const RuleTurned = z.object({ id, paused: z.boolean(), by: Who })
export async function pauseRule(desk: Desk, { id, paused, by }: z.output<typeof RuleTurned>) {
  signed(by)
  const changed = { changedBy: by, changedAt: desk.notices.now() }
  desk.notices.rules.putRule({ ...ruleBy(desk, id), ...changed, paused })
  await desk.notices.touch()
}

const LONGEST_MUTE_H = 720
export const RuleMuted = z.object({
  id,
  /** 0 = not any more. */
  hours: z.number().int().min(0).max(LONGEST_MUTE_H),
  by: Who,
})
export async function muteRule(desk: Desk, { id, hours, by }: z.output<typeof RuleMuted>) {
  signed(by)
  const now = desk.notices.now()
  const mutedUntil = hours === 0 ? null : now + hours * 3_600_000
  desk.notices.rules.putRule({ ...ruleBy(desk, id), mutedUntil, changedBy: by, changedAt: now })
  await desk.notices.touch()
}

export const Removed = z.object({ id, by: Who })
export async function dropRule(desk: Desk, { id, by }: z.output<typeof Removed>) {
  signed(by)
  ruleBy(desk, id)
  desk.notices.rules.dropRule(id)
  await desk.notices.touch()
}

export const RecipientSaved = z.object({ id: id.nullable(), draft: RecipientDraft, by: Who })
export async function saveRecipient(
  desk: Desk,
  { id, draft, by }: z.output<typeof RecipientSaved>,
) {
  const { notices, newId } = desk
  signed(by)
  const all = notices.rules.recipients()
  const known = id === null ? undefined : all.find((one) => one.id === id)
  if (id !== null && !known)
    throw new Refusal('NOT_FOUND', 'there is no such recipient any more; look at the list again')
  if (!known && all.length >= MOST.recipients)
    throw new Refusal('CONFLICT', `there are ${MOST.recipients} recipients already; remove one`)
  const keeps = draft.address === '' && known?.channel === draft.channel
  const address = keeps ? known.address : draft.address
  if (address === '') throw new Refusal('BAD_REQUEST', 'enter the address')
  if (draft.channel === 'webhook') {
    const host = allowedHost(address, notices.settings().webhooks)
    if (typeof host === 'string') throw new Refusal('BAD_REQUEST', host)
  }
  mustBeImpersonal(draft.name, 'name of the recipient')
  const to = known?.id ?? `to-${newId()}`
  notices.rules.putRecipient({ ...draft, address, id: to }, by, notices.now())
  await notices.touch()
  return { id: to }
}

function recipientBy({ notices }: Desk, id: string) {
  const known = notices.rules.recipients().find((one) => one.id === id)
  if (known) return known
  throw new Refusal('NOT_FOUND', 'there is no such recipient any more; look at the list again')
}

export async function dropRecipient(desk: Desk, { id, by }: z.output<typeof Removed>) {
  signed(by)
  recipientBy(desk, id)
  desk.notices.rules.dropRecipient(id)
  await desk.notices.touch()
}

/** One message that says that messages arrive, by the same way as all others. */
export async function testRecipient(desk: Desk, { id, by }: z.output<typeof Removed>) {
  const { notices, newId } = desk
  signed(by)
  const { channel } = recipientBy(desk, id)
  if (notices.outbox.waitingOf(id).length > 0)
    throw new Refusal('CONFLICT', 'a message to this recipient is on its way already; wait for it')
  const message = `m-${newId()}`
  const at = notices.now()
  notices.outbox.put({
    ...{ id: message, recipient: id, channel, rule: null, kind: 'test', danger: false },
    body: { at, rule: null, began: NOTHING, over: NOTHING, standing: NOTHING },
    createdAt: at,
  })
  await notices.touch()
  return { message }
}

export const Acknowledged = z.object({ ids: z.array(id).min(1).max(500), by: Who })
/** Somebody takes it on: it is not told again. Said twice, the first stands. */
export async function acknowledge({ notices }: Desk, { ids, by }: z.output<typeof Acknowledged>) {
  signed(by)
  const at = notices.now()
  const done = ids.filter((one) => notices.kept.acknowledge(one, by, at))
  await notices.touch()
  return { acknowledged: done.length }
}

/** A dead letter is sent again, under the same key. */
export async function sendAgain({ notices }: Desk, { id, by }: z.output<typeof Removed>) {
  signed(by)
  const message = notices.outbox.one(id)
  if (!message) throw new Refusal('NOT_FOUND', 'there is no such message any more')
  if (!notices.outbox.again(message, notices.now(), by))
    throw new Refusal('CONFLICT', 'it is on its way or was sent already; look at it again')
  await notices.touch()
}
