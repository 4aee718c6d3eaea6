import { useEffect } from 'react'

/** Keeps the screen awake where the browser lets it; `f` fills it. */
export function useKiosk() {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null
    let gone = false
    const wake = async () => {
      if (document.hidden || !('wakeLock' in navigator)) return
      try {
        lock = await navigator.wakeLock.request('screen')
        if (gone) await lock.release()
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
      document.removeEventListener('visibilitychange', wake)
      document.removeEventListener('keydown', keys)
      void lock?.release()
    }
  }, [])
}
