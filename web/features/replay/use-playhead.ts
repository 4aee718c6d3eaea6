import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import type { ReplayClock, ReplaySpeed } from '#server/contract/replay.ts'
import { serverNow } from '#web/clock.ts'

/** How often the picture moves; with little motion wanted, once a second. */
const STEP_MS = 200
const CALM_STEP_MS = 1000
/** While it plays, the address follows so seldom; a browser counts a change of address as a step of its own. */
const ADDRESS_MS = 5000

/** What of a frame stands in the address. */
export interface FrameAddress {
  /** UTC epoch milliseconds; null = now. */
  at: number | null
  clock: ReplayClock
  /** Of the clock of what was known: by when, instead of by the frame itself; null = by the frame itself. */
  by: number | null
}

export interface Playhead extends FrameAddress {
  playing: boolean
  speed: ReplaySpeed
  play(): void
  pause(): void
  setSpeed(speed: ReplaySpeed): void
  /** null = back to now. */
  seek(at: number | null): void
  /** Held by a hand: shown, and not written into the address yet. */
  hold(at: number): void
  setClock(clock: ReplayClock): void
  setBy(by: number | null): void
}

const MINUTE = 60_000
/** Frames are asked for up to the minute that runs. */
const nowMinute = () => Math.floor(serverNow() / MINUTE) * MINUTE
const isCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/**
 * Where time stands, and its play. `readyTo`: up to which instant the picture can be drawn; play waits there. At the present it ends, and the page
 * lives on.
 */
export function usePlayhead(
  address: FrameAddress,
  onAddress: (address: FrameAddress, replace: boolean) => void,
  readyTo: () => number,
): Playhead {
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<ReplaySpeed>(60)
  const [moving, setMoving] = useState<number | null>(null)
  const at = moving ?? address.at
  const tell = useEffectEvent((next: FrameAddress) => onAddress(next, true))

  const step = useEffectEvent((elapsed: number) => {
    if (moving === null) return
    const next = Math.min(moving + elapsed * speed, readyTo())
    if (next < nowMinute()) return setMoving(Math.max(next, moving))
    setPlaying(false)
    setMoving(null)
    tell({ at: null, clock: address.clock, by: null })
  })
  const keepAddress = useEffectEvent(() => {
    if (moving !== null) tell({ ...address, at: moving })
  })
  useEffect(() => {
    if (!playing) return
    let last = performance.now()
    const timer = setInterval(
      () => {
        const now = performance.now()
        step(now - last)
        last = now
      },
      isCalm() ? CALM_STEP_MS : STEP_MS,
    )
    const address = setInterval(() => keepAddress(), ADDRESS_MS)
    return () => {
      clearInterval(timer)
      clearInterval(address)
    }
  }, [playing])

  // The address has caught up: it is the truth again.
  useEffect(() => {
    if (!playing && moving !== null && address.at === Math.floor(moving / 1000) * 1000)
      setMoving(null)
  }, [playing, moving, address.at])

  const pause = useCallback(() => {
    setPlaying(false)
    if (moving !== null) onAddress({ ...address, at: moving }, true)
  }, [address, moving, onAddress])
  return {
    ...address,
    at,
    playing,
    speed,
    play() {
      if (address.at === null) return
      setMoving(address.at)
      setPlaying(true)
    },
    pause,
    setSpeed,
    seek(to) {
      const next = to !== null && to >= nowMinute() ? null : to
      if (next === null) setPlaying(false)
      setMoving(next)
      onAddress({ ...address, at: next, by: next === null ? null : address.by }, at !== null)
    },
    hold: setMoving,
    setClock: (clock) => onAddress({ ...address, at, clock }, true),
    setBy: (by) => onAddress({ ...address, at, by }, true),
  }
}
