import { type NoticeChannel, RECOVERS } from '#server/contract/notices.ts'
import { mayReveal } from '#server/contract/roles.ts'
import type { KeptNotice } from '#server/notices/notices-kept.ts'
import type { Message } from '#server/notices/outbox.ts'
import type { Context } from '#server/trpc.ts'
import { maskedAddress } from './mask.ts'

const PAST = 100
const LETTERS = 100
const BELL = 12

type Asked = Pick<Context, 'notices' | 'role' | 'registry'>

const lineOf = ({ id, rule, ruleName, ...notice }: KeptNotice) => ({
  ...{ id, rule, name: ruleName, kind: notice.kind, severity: notice.severity },
  ...{ evidence: notice.evidence, firedAt: notice.firedAt, overAt: notice.overAt },
  acknowledged: notice.acknowledged,
})
const RANK = { danger: 0, watch: 1, news: 2 }
/** People in danger first, then what nobody has acknowledged, then the newest. */
const inOrder = (a: KeptNotice, b: KeptNotice) =>
  RANK[a.severity] - RANK[b.severity] ||
  Number(a.acknowledged !== null) - Number(b.acknowledged !== null) ||
  b.firedAt - a.firedAt ||
  (a.id < b.id ? -1 : 1)

/** What a bell shows: a few, and how many there are. */
export function bell({ notices }: Asked) {
  const open = notices.kept.openCounts()
  const sum = (of: (one: (typeof open)[number]) => number) =>
    open.reduce((all, one) => all + of(one), 0)
  return {
    now: notices.now(),
    count: sum((one) => one.open),
    unacknowledged: sum(({ unacknowledged }) => unacknowledged),
    danger: open.some(
      ({ severity, unacknowledged }) => severity === 'danger' && unacknowledged > 0,
    ),
    newest: Math.max(0, ...open.map(({ newest }) => newest)),
    lines: notices.kept.first(BELL).map(lineOf),
    /** When the newest hundred fired that nobody has acknowledged: what is unread depends on who reads. */
    fired: notices.kept.fired(),
  }
}

export function standing({ notices }: Asked, before: number | null) {
  const now = notices.now()
  const past = notices.kept.past(before ?? now + 1, PAST + 1)
  return {
    now,
    open: notices.kept.open().sort(inOrder).map(lineOf),
    past: past.slice(0, PAST).map(lineOf),
    more: past.length > PAST,
  }
}

export function rules({ notices, registry }: Asked) {
  const open = new Map<string, number>()
  for (const one of notices.kept.openCounts())
    open.set(one.rule, (open.get(one.rule) ?? 0) + one.open)
  return {
    now: notices.now(),
    rules: notices.rules.rules().map((rule) => ({
      ...rule,
      standing: open.get(rule.id) ?? 0,
      places: rule.scope.ids.map((id) =>
        rule.scope.of === 'district'
          ? (registry.districtById(id)?.name ?? { ru: id })
          : { ru: registry.organizationById(id)?.name ?? id },
      ),
    })),
    recipients: notices.rules.recipients().map(({ id, name, channel }) => ({ id, name, channel })),
    districts: [...registry.districts()].map(({ id, name }) => ({ id, name })),
    recovers: RECOVERS,
  }
}

/** Addresses in full for those who may see people's contacts, masked for everybody else. */
export function recipients({ notices, role }: Asked) {
  const mayShow = mayReveal(role)
  return {
    mayShow,
    recipients: notices.rules.recipients().map((one) => ({
      ...one,
      address: mayShow ? one.address : maskedAddress(one.channel, one.address),
    })),
    ...waysOf(notices),
  }
}

/** Which ways out there are, without a word of how they are reached. */
function waysOf(notices: Asked['notices']) {
  const none = { email: false, telegram: false, webhook: false }
  try {
    const { smtp, telegram, webhooks, publicUrl } = notices.settings()
    return {
      ways: { email: smtp !== null, telegram: telegram !== null, webhook: webhooks.length > 0 },
      hosts: webhooks.map(({ host }) => host),
      linked: publicUrl !== null,
    }
  } catch {
    // What is wrong with the file is among the faults.
    return { ways: none, hosts: [], linked: false }
  }
}

export function deliveries({ notices }: Asked) {
  const now = notices.now()
  const { ways } = waysOf(notices)
  const names = new Map(notices.rules.recipients().map(({ id, name }) => [id, name]))
  const letter = ({ id, recipient, channel, kind, danger, state, body, ...message }: Message) => ({
    ...{ id, channel, kind, danger, state, reason: message.reason },
    recipient: names.get(recipient) ?? null,
    at: message.createdAt,
    endedAt: message.endedAt,
    nextAt: state === 'waiting' ? message.nextAt : null,
    rule: body.rule,
    counts: { began: body.began.count, over: body.over.count, standing: body.standing.count },
    first: body.began.lines[0] ?? body.standing.lines[0] ?? body.over.lines[0] ?? null,
    attempts: notices.outbox.attempts(id),
  })
  const newest = notices.outbox.newest(now + 1, LETTERS)
  const known = new Set(newest.map(({ id }) => id))
  const older = notices.outbox.dead(LETTERS).filter(({ id }) => !known.has(id))
  const channels = notices.outbox.channels().map((one) => {
    const failing = one.lastFailure !== null && one.lastFailure.at > (one.lastSentAt ?? 0)
    return { ...one, failing, configured: ways[one.channel as NoticeChannel] }
  })
  return {
    now,
    channels,
    faults: notices.faults(),
    letters: [...newest, ...older].map(letter),
  }
}
