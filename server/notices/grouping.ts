/** One notice as one recipient knows it. */
export interface Told {
  notice: string
  over: boolean
  acknowledged: boolean
  /** It was told that it began, and that it is over. */
  toldBegin: boolean
  toldOver: boolean
}

/** What one recipient was told of one rule, and when. */
export interface Group {
  /** Since when there is something to tell; null = nothing. */
  newsSince: number | null
  lastAt: number | null
}
export const NEW_GROUP: Group = { newsSince: null, lastAt: null }

export interface Manner {
  waitMs: number
  intervalMs: number
  /** null = what was told is not told again. */
  repeatMs: number | null
  tellsOver: boolean
  /** People are in danger: no waiting, and an interval of a minute at most. */
  danger: boolean
  /** Nothing is sent before; null = now. */
  quietUntil: number | null
  /** Nothing is sent, and what is over by the end is never told. */
  muted: boolean
}

export interface Sending {
  kind: 'news' | 'repeat'
  began: string[]
  over: string[]
  /** Told before and still standing. */
  standing: string[]
}

export interface Decision {
  group: Group
  send: Sending | null
  /** Began and ended while nobody was to hear of it: never told. */
  dropped: string[]
}

const DANGER_INTERVAL_MS = 60_000

/**
 * Whether one recipient is to be told now of one rule. What is new waits `waitMs` for more of the same and `intervalMs` after the last
 * message, so that a thousand notices are one message and the next interval's; what nobody has acknowledged is repeated. Everything
 * that began is told once, even where it is over by then; that it is over is told to whom it was told.
 */
export function decide(all: readonly Told[], before: Group, how: Manner, now: number): Decision {
  const lastAt = before.lastAt === null ? null : Math.min(before.lastAt, now)
  const began = all.filter(({ toldBegin }) => !toldBegin)
  const over = all.filter((one) => how.tellsOver && one.over && one.toldBegin && !one.toldOver)
  if (how.muted)
    return {
      group: { newsSince: null, lastAt },
      send: null,
      dropped: began.filter((one) => one.over).map(({ notice }) => notice),
    }
  const news = began.length + over.length > 0
  const newsSince = news ? Math.min(before.newsSince ?? now, now) : null
  const rest = (send: Sending | null): Decision => ({
    group: send ? { newsSince: null, lastAt: now } : { newsSince, lastAt },
    send,
    dropped: [],
  })
  if (how.quietUntil !== null && now < how.quietUntil) return rest(null)
  const standing = all.filter((one) => one.toldBegin && !one.over)
  const ids = (some: readonly Told[]) => some.map(({ notice }) => notice)
  if (newsSince !== null) {
    if (now < dueOf({ newsSince, lastAt }, how, began.length > 0)) return rest(null)
    return rest({ kind: 'news', began: ids(began), over: ids(over), standing: ids(standing) })
  }
  const open = standing.filter((one) => !one.acknowledged)
  if (how.repeatMs === null || open.length === 0 || lastAt === null || now < lastAt + how.repeatMs)
    return rest(null)
  return rest({ kind: 'repeat', began: [], over: [], standing: ids(open) })
}

/** When news of a group may be sent, quiet hours aside. */
export function dueOf(
  { newsSince, lastAt }: { newsSince: number; lastAt: number | null },
  how: Manner,
  began: boolean,
): number {
  const wait = how.danger && began ? 0 : how.waitMs
  const interval = how.danger ? Math.min(how.intervalMs, DANGER_INTERVAL_MS) : how.intervalMs
  return Math.max(newsSince + wait, lastAt === null ? newsSince : lastAt + interval)
}
