import type { QueryClient } from '@tanstack/react-query'
import { ownVersion } from '#web/alive.ts'
import { readSnapshot, restoreSnapshot } from './snapshot.ts'

let at: number | null = null
let begun = false

/** Before the first picture: what was kept of the last one, so that a start without the server is not empty. `wallClock` is the machine's. */
export function startWall(client: QueryClient, wallClock: number) {
  if (begun) return
  begun = true
  const snapshot = readSnapshot(localStorage, ownVersion(), wallClock)
  if (!snapshot) return
  restoreSnapshot(client, snapshot, wallClock)
  at = snapshot.at
}

/** The moment of the kept picture, by the server's clock; null where there was none. */
export const keptAt = () => at
