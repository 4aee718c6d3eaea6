import { useEffect, useState } from 'react'

/** A building where a request has just arrived; strength 1 is now, 0 is gone. */
export interface Pulse {
  key: number
  strength: number
}
interface Heard {
  key: number
  at: number
}
interface Frame {
  kind: string
  events: readonly { type: string; key: number }[]
}

/** Whole for so long, then fading in steps. */
const KEPT_MS = 8000
const GONE_MS = 12_000
const STEPS = 4
const MOST = 12

export function strengthAt(age: number): number {
  if (age < KEPT_MS) return 1
  const step = Math.ceil((STEPS * (age - KEPT_MS)) / (GONE_MS - KEPT_MS))
  return Math.max(0, 1 - step / STEPS)
}

/** Adds the requests of a frame; a building that calls again begins anew. A reset tells the past, which does not pulse. */
export function heardAfter(heard: readonly Heard[], frame: Frame, at: number): Heard[] {
  const keys = frame.events.flatMap(({ type, key }) =>
    frame.kind === 'changes' && type === 'request.registered' && key > 0 ? [key] : [],
  )
  const fresh = [...new Set(keys)].map((key) => ({ key, at }))
  const rest = heard.filter(({ key, at: was }) => at - was < GONE_MS && !keys.includes(key))
  return [...fresh, ...rest].slice(0, MOST)
}

/** Tells what pulses now, whenever that changes; returns how to stop. */
export type Pulsing = (show: (pulses: readonly Pulse[]) => void) => () => void

/** Pulses of the live feed. `follow` is the feed's; static for those who asked for less motion: they stay, then are gone. */
export const pulsesOf =
  (follow: (follower: (frame: Frame) => void) => () => void): Pulsing =>
  (tell) => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    let heard: Heard[] = []
    let timer: ReturnType<typeof setInterval> | null = null
    let told = heard
    const show = () => {
      const now = performance.now()
      const stay = heard.filter(({ at }) => now - at < GONE_MS)
      if (stay.length < heard.length) heard = stay
      // What stands still is not drawn anew every second.
      if (still && heard === told) return
      told = heard
      tell(heard.map(({ key, at }) => ({ key, strength: still ? 1 : strengthAt(now - at) })))
      if (heard.length === 0 && timer !== null) {
        clearInterval(timer)
        timer = null
      }
    }
    const stop = follow((frame) => {
      const before = heard
      heard = heardAfter(heard, frame, performance.now())
      if (heard.length === 0 && before.length === 0) return
      timer ??= setInterval(show, 1000)
      show()
    })
    return () => {
      stop()
      if (timer !== null) clearInterval(timer)
    }
  }

/** The same, for what draws them only at times. */
export function usePulses(pulsing: Pulsing): readonly Pulse[] {
  const [pulses, setPulses] = useState<readonly Pulse[]>([])
  useEffect(() => pulsing(setPulses), [pulsing])
  return pulses
}
