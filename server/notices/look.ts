import type { LocalTime } from '#server/domain/local-time.ts'
import type { NoticesDatabase } from './database.ts'
import { decide, type Manner, type Sending, type Told } from './grouping.ts'
import { judge } from './judge.ts'
import { headOf, partOf } from './message.ts'
import type { KeptNotice, NoticesKept } from './notices-kept.ts'
import type { Outbox } from './outbox.ts'
import { quietUntil } from './quiet-hours.ts'
import { type Resting, restAfter } from './resting.ts'
import type { Observation, Recipient, Rule } from './rule.ts'
import type { RulesKept } from './rules-kept.ts'

export interface LookOptions {
  database: NoticesDatabase
  rules: RulesKept
  notices: NoticesKept
  outbox: Outbox
  resting: Resting
  /** The city's clock. */
  local: (instant: number) => LocalTime
  newId: () => string
}

const MINUTE = 60_000
const SECOND = 1000

/** What one look changed, for those who show it. */
export interface Looked {
  began: number
  over: number
  messages: number
}

/**
 * Takes in what the rules see at an instant: standings, notices, who is to be told, and the messages, in one transaction. So a message
 * is there exactly when the state that caused it is.
 */
export function look(
  options: LookOptions,
  seen: ReadonlyMap<string, readonly Observation[] | null>,
  now: number,
): Looked {
  const { database, rules, resting } = options
  try {
    return database.together(() => {
      const all = rules.rules()
      const { began, over, stirred } = judgeAll(options, all, seen, now)
      const messages = tellAll(options, all, stirred, now)
      return { began, over, messages }
    })
  } catch (cause) {
    // What was decided is not there.
    resting.clear()
    throw cause
  }
}

function judgeAll(
  { notices, newId }: LookOptions,
  rules: readonly Rule[],
  seen: ReadonlyMap<string, readonly Observation[] | null>,
  now: number,
) {
  const openByRule = Map.groupBy(notices.open(), ({ rule }) => rule)
  const counts = { began: 0, over: 0, stirred: new Set<string>() }
  for (const rule of rules) {
    const open = openByRule.get(rule.id) ?? []
    openByRule.delete(rule.id)
    const verdict = judge(rule, {
      standings: notices.standings(rule.id),
      open,
      seen: seen.get(rule.id) ?? null,
      now,
    })
    for (const [subject, standing] of verdict.standings)
      notices.putStanding(rule.id, subject, standing)
    for (const changed of verdict.changed) notices.change(changed)
    const over = new Set(verdict.over)
    for (const id of over) notices.end(id, now)
    const began = verdict.began.map((notice) => {
      const id = `n-${newId()}`
      notices.begin({ ...notice, id, acknowledged: null }, rule)
      return id
    })
    if (began.length > 0) notices.oweBegan(rule.id, began)
    if (over.size > 0 && isMuted(rule, now)) notices.neverTell(rule.id, [...over])
    if (began.length + over.size > 0) counts.stirred.add(rule.id)
    counts.began += verdict.began.length
    counts.over += over.size
  }
  // Of rules that are not there any more.
  for (const [rule, open] of openByRule) {
    notices.dropStandings(rule)
    for (const { id } of open) notices.end(id, now)
    counts.over += open.length
  }
  return counts
}

const isMuted = ({ mutedUntil }: Rule, now: number) => mutedUntil !== null && now < mutedUntil

function tellAll(
  options: LookOptions,
  rules: readonly Rule[],
  stirred: ReadonlySet<string>,
  now: number,
): number {
  const { notices, resting } = options
  const recipients = options.rules.recipients()
  const known = new Map(recipients.map((one) => [one.id, { one, signed: JSON.stringify(one) }]))
  const listened = rules.filter(({ paused }) => !paused)
  notices.settleListeners(
    new Map(
      listened.map(({ id, recipients: to }) => [id, new Set(to.filter((one) => known.has(one)))]),
    ),
  )
  resting.at(now)
  const found = new Map<string, KeptNotice | undefined>()
  const one = (id: string) => {
    if (!found.has(id)) found.set(id, notices.one(id))
    return found.get(id)
  }
  let messages = 0
  for (const rule of listened) {
    const signedRule = JSON.stringify(rule)
    for (const to of new Set(rule.recipients)) {
      const recipient = known.get(to)
      if (!recipient) continue
      const group = JSON.stringify([to, rule.id])
      const signed = signedRule + recipient.signed
      if (resting.rests(group, signed, stirred.has(rule.id), now)) continue
      const how = mannerOf(options, rule, recipient.one, now)
      const { send, owed, decision } = tell(notices, rule.id, recipient.one, how, now)
      resting.put(group, signed, restAfter(owed, decision, how, rule.mutedUntil))
      if (!send) continue
      putMessage(options, { rule, recipient: recipient.one, send, now, one })
      messages++
    }
  }
  return messages
}

function tell(notices: NoticesKept, about: string, to: Recipient, how: Manner, now: number) {
  const needsNothing = ({ over, toldBegin }: Told) => over && toldBegin && !to.tellsOver
  const all = notices.owed(to.id, about)
  for (const { notice } of all.filter(needsNothing)) notices.done(to.id, notice)
  const owed = all.filter((one) => !needsNothing(one))
  const before = notices.group(to.id, about)
  const decision = decide(owed, before, how, now)
  const { send, group, dropped } = decision
  for (const notice of dropped) notices.done(to.id, notice)
  if (group.newsSince !== before.newsSince || group.lastAt !== before.lastAt)
    notices.putGroup(to.id, about, group)
  return { send, owed, decision }
}

function mannerOf({ local }: LookOptions, rule: Rule, recipient: Recipient, now: number): Manner {
  const danger = rule.severity === 'danger'
  const { quiet, dangerAnyway, repeatMinutes, tellsOver } = recipient
  return {
    waitMs: recipient.waitSeconds * SECOND,
    intervalMs: recipient.intervalMinutes * MINUTE,
    repeatMs: repeatMinutes > 0 ? repeatMinutes * MINUTE : null,
    tellsOver,
    danger,
    quietUntil: danger && dangerAnyway ? null : quietUntil(quiet, local, now),
    muted: isMuted(rule, now),
  }
}

function putMessage(
  { notices, outbox, newId }: LookOptions,
  {
    rule,
    recipient,
    send,
    now,
    one,
  }: {
    rule: Rule
    recipient: Recipient
    send: Sending
    now: number
    one: (id: string) => KeptNotice | undefined
  },
) {
  const id = `m-${newId()}`
  const of = (ids: readonly string[]) => ids.map(one).filter(isThere)
  const began = of(send.began)
  outbox.put({
    id,
    recipient: recipient.id,
    channel: recipient.channel,
    rule: rule.id,
    kind: send.kind,
    danger: rule.severity === 'danger',
    body: {
      at: now,
      rule: headOf(rule),
      began: partOf(began),
      over: partOf(of(send.over)),
      standing: partOf(of(send.standing)),
    },
    createdAt: now,
  })
  for (const { id: notice, overAt } of began)
    notices.toldBegin(recipient.id, notice, id, overAt !== null)
  for (const notice of send.over) notices.toldOver(recipient.id, notice, id)
}

const isThere = (one: KeptNotice | undefined): one is KeptNotice => one !== undefined
