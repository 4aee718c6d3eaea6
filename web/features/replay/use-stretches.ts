import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { LONGEST_REPLAY_MS, type ReplaySpeed } from '#server/contract/replay.ts'
import { api } from '#web/api.ts'
import { useSettled } from '#web/lib/use-settled.ts'
import { playbackOf } from './playback.ts'

/** So many seconds of play are asked for at once, and the next of them while the last third plays. */
const SECONDS_AT_ONCE = 24
const LEAST_MS = 15 * 60_000
const SETTLES_MS = 120
const FRESH = { meta: { live: false }, staleTime: 60_000, gcTime: 120_000 }

export interface ReplayScope {
  district: string[]
  category: string[]
  organization: string[]
  building?: string[]
}
interface StretchesAsked {
  /** UTC epoch milliseconds; null = now, and nothing is asked. */
  at: number | null
  by: number | null
  playing: boolean
  speed: ReplaySpeed
  scope: ReplayScope
  /** The minute that runs: nothing is asked beyond it. */
  now: number
}

const lengthOf = (speed: number) =>
  Math.min(LONGEST_REPLAY_MS, Math.max(LEAST_MS, speed * SECONDS_AT_ONCE * 1000))

/**
 * What the server tells around the head: one frame while it stands; while it plays, stretches of equal length, so that all who play the same
 * ask the same, with the next one coming.
 */
export function useStretches({ at, by, playing, speed, scope, now }: StretchesAsked) {
  const queryClient = useQueryClient()
  const length = lengthOf(speed)
  /** Where the server cut a stretch that held too much: it goes on from there. */
  const [cut, setCut] = useState(0)
  // A frame that is held by a hand is asked for where the hand rests.
  const settled = useSettled(Math.floor(at ?? 0), playing ? 0 : SETTLES_MS)
  const head = Math.min(playing ? Math.floor(at ?? 0) : settled, now)
  const begins = Math.floor(head / length) * length
  const from = playing ? (cut > begins && cut <= head ? cut : begins) : head
  const to = playing ? Math.min(begins + length, now) : head
  const asked = (start: number, end: number) =>
    api.replay.interval.queryOptions(
      { ...scope, at: start, to: end, ...(by !== null && { by }) },
      FRESH,
    )
  const { data, isError, error, refetch, isPlaceholderData } = useQuery({
    ...asked(from, Math.max(from, to)),
    enabled: at !== null,
    placeholderData: keepPreviousData,
    // News of the past comes late: a frame that somebody looks at takes it in.
    ...(!playing && { refetchInterval: 60_000 }),
  })
  const playback = useMemo(() => (data ? playbackOf(data) : null), [data])
  const covers =
    playback !== null && at !== null && head >= playback.at && (head < playback.to || !playing)
  const short = playing && playback !== null && !isPlaceholderData && playback.to < to
  useEffect(() => {
    if (short && playback && head >= playback.to) setCut(playback.to)
  }, [short, playback, head])

  const soon = playing && at !== null && head > to - length / 3 && to < now
  const next = begins + length
  useEffect(() => {
    if (soon)
      void queryClient.prefetchQuery(
        api.replay.interval.queryOptions(
          { ...scope, at: next, to: Math.min(next + length, now), ...(by !== null && { by }) },
          FRESH,
        ),
      )
  }, [soon, next, length, now, by, scope, queryClient])
  return {
    playback,
    covers,
    /** Play may go on to here before more is asked. */
    readyTo: covers && playback ? playback.to : head,
    failed: isError && !covers ? error : null,
    retry: () => void refetch(),
  }
}
