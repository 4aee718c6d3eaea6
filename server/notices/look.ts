import type { LocalTime } from '#server/domain/local-time.ts'
import type { NoticesDatabase } from './database.ts'
import { decide, type Sending, type Told } from './grouping.ts'
import { judge } from './judge.ts'
import { headOf, partOf } from './message.ts'
import type { KeptNotice, NoticesKept } from './notices-kept.ts'
import type { Outbox } from './outbox.ts'
import { quietUntil } from './quiet-hours.ts'
import type { Observation, Recipient, Rule } from './rule.ts'
import type { RulesKept } from './rules-kept.ts'

export interface LookOptions {
  database: NoticesDatabase
  rules: RulesKept
  notices: NoticesKept
  outbox: Outbox
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
  const { database, rules } = options
  return database.together(() => {
    const all = rules.rules()
    const { began, over } = judgeAll(options, all, seen, now)
    const messages = tellAll(options, all, now)
    return { began, over, messages }
  })
}

function judgeAll(
  { notices, newId }: LookOptions,
  rules: readonly Rule[],
  seen: ReadonlyMap<string, readonly Observation[] | null>,
  now: number,
) {
  const openByRule = Map.groupBy(notices.open(), ({ rule }) => rule)
  const counts = { began: 0, over: 0 }
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
    const standing = open.filter(({ id }) => !over.has(id)).map(({ id }) => id)
    for (const began of verdict.began) {
      const id = `n-${newId()}`
      notices.begin({ ...began, id, acknowledged: null }, rule)
      standing.push(id)
    }
    for (const recipient of rule.recipients)
      for (const notice of standing) notices.owe(recipient, notice, rule.id)
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

function tellAll(options: LookOptions, every: readonly Rule[], now: number): number {
  const { notices } = options
  const rules = new Map(every.map((rule) => [rule.id, rule]))
  const recipients = new Map(options.rules.recipients().map((one) => [one.id, one]))
  let messages = 0
  for (const { recipient: to, rule: about } of notices.owing()) {
    const recipient = recipients.get(to)
    const rule = rules.get(about)
    const all = notices.owed(to, about)
    if (!recipient || !rule?.recipients.includes(to) || rule.paused) {
      for (const { notice } of all) notices.done(to, notice)
      continue
    }
    const needsNothing = ({ over, toldBegin }: Told) => over && toldBegin && !recipient.tellsOver
    for (const { notice } of all.filter(needsNothing)) notices.done(to, notice)
    const owed = all.filter((one) => !needsNothing(one))
    const before = notices.group(to, about)
    const { send, group, dropped } = decide(
      owed,
      before,
      mannerOf(options, rule, recipient, now),
      now,
    )
    for (const notice of dropped) notices.done(to, notice)
    if (group.newsSince !== before.newsSince || group.lastAt !== before.lastAt)
      notices.putGroup(to, about, group)
    if (!send) continue
    putMessage(options, { rule, recipient, send, now })
    messages++
  }
  return messages
}

function mannerOf({ local }: LookOptions, rule: Rule, recipient: Recipient, now: number) {
  const danger = rule.severity === 'danger'
  const { quiet, dangerAnyway, repeatMinutes, tellsOver } = recipient
  return {
    waitMs: recipient.waitSeconds * SECOND,
    intervalMs: recipient.intervalMinutes * MINUTE,
    repeatMs: repeatMinutes > 0 ? repeatMinutes * MINUTE : null,
    tellsOver,
    danger,
    quietUntil: danger && dangerAnyway ? null : quietUntil(quiet, local, now),
    muted: rule.mutedUntil !== null && now < rule.mutedUntil,
  }
}

function putMessage(
  { notices, outbox, newId }: LookOptions,
  { rule, recipient, send, now }: { rule: Rule; recipient: Recipient; send: Sending; now: number },
) {
  const id = `m-${newId()}`
  const of = (ids: readonly string[]) => ids.map((one) => notices.one(one)).filter(isThere)
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
