import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { askAlive } from '#web/alive.ts'
import { serverNow, setServerTime } from '#web/clock.ts'
import { useLive } from '#web/live.ts'
import { ANSWER_WITHIN_MS, type Beat, createHeartbeat } from './heartbeat.ts'

const LOOK_MS = 1000

/** `answered` changes with each answer to a question of the wall, 0 before any: that is a word of the server too. */
export function useHeartbeat(wallClock: () => number, kept: number | null, answered: number): Beat {
  const heartbeat = useMemo(
    () =>
      createHeartbeat({
        clock: () => performance.now(),
        wallClock,
        kept,
        async ask() {
          const { now, pinned } = await askAlive(ANSWER_WITHIN_MS)
          setServerTime(now, pinned)
          return now
        },
      }),
    [wallClock, kept],
  )
  const heardAt = useLive((live) => live.heardAt)
  useEffect(() => {
    if (heardAt !== null) heartbeat.hear(heardAt)
  }, [heartbeat, heardAt])
  useEffect(() => {
    if (answered > 0) heartbeat.hear(serverNow())
  }, [heartbeat, answered])
  useEffect(() => {
    heartbeat.look()
    const timer = setInterval(() => heartbeat.look(), LOOK_MS)
    return () => clearInterval(timer)
  }, [heartbeat])
  return useSyncExternalStore(heartbeat.subscribe, heartbeat.get)
}
