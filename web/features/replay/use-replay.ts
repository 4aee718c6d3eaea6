import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { ReplayAddress, ReplayClock } from '#server/contract/replay.ts'
import { api } from '#web/api.ts'
import { useNow } from '#web/clock.ts'
import { addressOf } from '#web/lib/wall-time.ts'
import type { Frame } from './playback.ts'
import { type FrameAddress, type Playhead, usePlayhead } from './use-playhead.ts'
import { type ReplayScope, useStretches } from './use-stretches.ts'
import { aheadIn, instantIn, nothingAt, type Span, toldAt, type Untold } from './when.ts'

const MINUTE = 60_000
/** What came late stays marked so long on the screen, however fast it plays. */
const SEEN_MS = 4000

/** Of the address; the present has no clock to choose. */
export const frameIn = ({ at, clock, by }: ReplayAddress): FrameAddress => ({
  at: instantIn(at),
  clock: clock ?? 'was',
  by: instantIn(by),
})
const addressFor = ({ at, clock, by }: FrameAddress): ReplayAddress => ({
  at: at === null ? undefined : addressOf(at),
  clock: at === null || clock === 'was' ? undefined : clock,
  by: at === null || by === null ? undefined : addressOf(by),
})

export type OnReplay = (address: ReplayAddress, replace: boolean) => void

/** The head of a page, written into its address. */
export function useHead(
  address: ReplayAddress,
  onReplay: OnReplay,
  readyTo: () => number,
): Playhead {
  const { at, clock, by } = address
  const frame = useMemo(() => frameIn({ at, clock, by }), [at, clock, by])
  const tell = useCallback(
    (next: FrameAddress, replace: boolean) => onReplay(addressFor(next), replace),
    [onReplay],
  )
  return usePlayhead(frame, tell, readyTo)
}

export interface Replay extends Playhead {
  scope: ReplayScope
  /** null = the present, or a frame that has not come yet. */
  frame: Frame | null
  /** When anything is known of, and when the log first heard of it; null = not told yet, or never. */
  span: Span | null
  now: number
  /** Why there is nothing to count at the frame: nothing had happened, nothing was known yet, or it has not come. */
  nothing: Untold | 'ahead' | null
  /** By which clocks there is anything to count. */
  told: Record<ReplayClock, boolean>
  /** The frame that stands there is not the one asked for yet. */
  waiting: boolean
  failed: unknown
  retry: () => void
}

/** A city that is shown at an instant of the past, and played on from it. */
export function useReplay(address: ReplayAddress & ReplayScope, onReplay: OnReplay): Replay {
  const ready = useRef(Number.POSITIVE_INFINITY)
  const head = useHead(address, onReplay, () => ready.current)
  const now = useNow(MINUTE)
  const { district, category, organization } = address
  const scope = useMemo(
    () => ({ district, category, organization }),
    [district, category, organization],
  )
  const { at, by, playing, speed, clock } = head
  const isAhead = aheadIn(head, now) !== null
  const { playback, covers, readyTo, failed, retry } = useStretches({
    ...{ at: isAhead ? null : at, playing, speed, scope, now },
    by: clock === 'known' ? by : null,
  })
  useEffect(() => {
    ready.current = readyTo
  }, [readyTo])
  const span = useSpan()
  const frame = useMemo(
    () =>
      at === null || isAhead || !playback
        ? null
        : playback.frameAt(at, clock, playing ? Math.max(MINUTE, SEEN_MS * speed) : MINUTE),
    [at, isAhead, clock, playback, playing, speed],
  )
  const nothing = isAhead ? 'ahead' : nothingAt(head, span)
  return {
    ...head,
    scope,
    frame,
    span,
    now,
    nothing,
    told: toldAt(head, span),
    waiting: at !== null && !isAhead && !covers,
    failed,
    retry,
  }
}

export function useSpan() {
  const { data } = useQuery(
    api.replay.span.queryOptions(undefined, {
      meta: { live: false },
      staleTime: 600_000,
      placeholderData: keepPreviousData,
    }),
  )
  return useMemo(() => (data ? { began: data.began, heard: data.heard } : null), [data])
}
