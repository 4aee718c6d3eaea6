import { isAnnouncedAs } from '#server/outages/announced.ts'
import type { DeclaredOutage } from '#server/outages/declared.ts'
import { TOLD_DAYS } from '#server/outages/history.ts'
import { endsAt, type Suspicion } from '#server/outages/suspicions.ts'
import { minuteOf } from '#server/store/within.ts'
import { type Asked, announcedLine, type OutageLine, suspectedLine } from './line.ts'

const DAY = 86_400_000
/** Announced for later: shown so long before. */
const AHEAD_MS = 3 * DAY
export interface OutagesNow {
  now: number
  /** false = the history is still being read, and nothing can be said yet. */
  ready: boolean
  threshold: number
  lines: OutageLine[]
}

/** Outages in force, suspected, ahead and over within 30 days: first what is worst, then the newest. */
export function outagesNow(context: Asked): OutagesNow {
  const { outages } = context
  const now = minuteOf(context.now())
  const announced = outages.declared().filter((outage) => isTold(outage, now))
  const suspected = outages.suspicions().filter((one) => endsAt(one) > now - TOLD_DAYS * DAY)
  const taken = new Map<string, Suspicion[]>()
  const alone: Suspicion[] = []
  for (const suspicion of suspected) {
    const same = announced.find((outage) => isAnnouncedAs(context.registry, outage, suspicion))
    if (same) taken.set(same.id, [...(taken.get(same.id) ?? []), suspicion])
    else alone.push(suspicion)
  }
  const lines = [
    ...announced.map((outage) => announcedLine(context, outage, taken.get(outage.id) ?? [], now)),
    ...alone.map((suspicion) => suspectedLine(context, suspicion, now)),
  ]
  return {
    now,
    ready: outages.ready(),
    threshold: outages.threshold(),
    lines: lines.sort(
      (a, b) =>
        ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
        b.since - a.since ||
        (a.id < b.id ? -1 : 1),
    ),
  }
}
const ORDER: readonly OutageLine['state'][] = [
  'suspected',
  'in_force',
  'ahead',
  'dismissed',
  'ended',
]

const isTold = ({ startsAt, endedAt }: DeclaredOutage, now: number) =>
  startsAt < now + AHEAD_MS && (endedAt ?? now) > now - TOLD_DAYS * DAY
