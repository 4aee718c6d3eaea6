import { useCallback, useSyncExternalStore } from 'react'

/** The server's clock as last heard. A pinned clock (historic data) stands still. */
let heard = { now: 0, at: 0, pinned: true }

/** `now` is the server's, UTC ms. */
export function setServerTime(now: number, pinned: boolean) {
  heard = { now, at: performance.now(), pinned }
}

/** The server's time now, UTC ms; the browser's own clock may be wrong by years. */
export const serverNow = () =>
  heard.pinned ? heard.now : heard.now + (performance.now() - heard.at)

/** The server's time in steps of `stepMs`; renders again at each step. */
export function useNow(stepMs: number): number {
  const subscribe = useCallback(
    (changed: () => void) => {
      const timer = setInterval(changed, Math.min(stepMs, 1000))
      return () => clearInterval(timer)
    },
    [stepMs],
  )
  return useSyncExternalStore(subscribe, () => Math.floor(serverNow() / stepMs) * stepMs)
}
