import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { LiveEvent } from '#server/contract/live.ts'
import { api } from '#web/api.ts'
import { useLive } from '#web/live.ts'
import { isTelling } from './event-words.ts'

export interface Happening extends Omit<LiveEvent, 'seq' | 'key' | 'recordedAt'> {
  /** The source dates it more than a day after it reached us. */
  ahead: boolean
}

/** Fewer than this on the stream are not enough to fill the panel. */
const ENOUGH = 16

const DAY = 86_400_000

/** What a source dates after the day of its receipt happened, for a stream of what happens, when it reached us. */
export const happeningOf = ({ occurredAt, recordedAt, ...event }: LiveEvent): Happening => ({
  ...event,
  occurredAt: Math.min(occurredAt, recordedAt),
  ahead: occurredAt > recordedAt + DAY,
})

/** What happened, newest first: the stream, and behind it what the facts remember. */
export function useEvents(district: readonly string[]): Happening[] | null {
  const live = useLive((known) => known.events)
  const connected = useLive((known) => known.frame !== null)
  const within = useMemo(
    () =>
      live
        .filter(isTelling)
        .filter((event) => district.length === 0 || district.includes(event.district ?? ''))
        .map(happeningOf),
    [live, district],
  )
  const few = connected && within.length < ENOUGH
  const { data: recent } = useQuery(
    api.overview.recent.queryOptions({ district: [...district] }, { enabled: few }),
  )
  return useMemo(() => {
    const known = new Map<string, Happening>()
    for (const event of [...within, ...(few ? (recent ?? []) : [])]) {
      const key = idOf(event)
      if (!known.has(key)) known.set(key, event)
    }
    if (known.size === 0 && (!connected || (few && !recent))) return null
    return [...known.values()].sort((a, b) => b.occurredAt - a.occurredAt)
  }, [within, recent, few, connected])
}

/** The same happening on the stream and in the facts is one. */
export const idOf = ({ type, request, occurredAt }: Happening) => `${type} ${request} ${occurredAt}`
