import { useEffect } from 'react'

/** A machine that took its lock back for its own reasons is asked again after this. */
const AGAIN_MS = 60_000

/** Keeps the screen awake where the browser lets it; `f` fills it. */
export function useKiosk() {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null
    let gone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const wake = async () => {
      clearTimeout(timer)
      if (gone || document.hidden || !('wakeLock' in navigator)) return
      try {
        const mine = await navigator.wakeLock.request('screen')
        if (gone) return await mine.release()
        lock = mine
        mine.addEventListener('release', () => {
          if (lock === mine) timer = setTimeout(wake, AGAIN_MS)
        })
      } catch {
        // Refused on plain HTTP and on battery; the screen then follows its own settings.
      }
    }
    const keys = (event: KeyboardEvent) => {
      if (event.key !== 'f' || event.ctrlKey || event.metaKey || event.altKey) return
      const turning = document.fullscreenElement
        ? document.exitFullscreen()
        : document.documentElement.requestFullscreen()
      turning.catch(() => {})
    }
    void wake()
    document.addEventListener('visibilitychange', wake)
    document.addEventListener('keydown', keys)
    return () => {
      gone = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', wake)
      document.removeEventListener('keydown', keys)
      void lock?.release()
    }
  }, [])
}
