import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { LiveFrame } from '#server/contract/live.ts'
import { serverNow, setServerTime } from './clock.ts'
import { createFeed, type Feed, type Live } from './live-feed.ts'

/** Answers on the screen are asked anew at whole multiples of this by the server's clock, so that all screens share one answer. */
const REFRESH_MS = 5000

let feed: Feed | null = null
const waiting: Live = { link: 'connecting', server: null, heardAt: null, frame: null, events: [] }
const followers = new Set<(frame: LiveFrame) => void>()

/** Called for each frame, e.g. to patch what is drawn; returns how to stop. */
export function followFrames(follower: (frame: LiveFrame) => void): () => void {
  followers.add(follower)
  return () => followers.delete(follower)
}

const subscribe = (listener: () => void) => feed?.subscribe(listener) ?? (() => {})
const get = () => feed?.get() ?? waiting

/** The live state of the city: `useLive((live) => live.frame?.open)`. */
export const useLive = <T>(select: (live: Live) => T): T =>
  useSyncExternalStore(subscribe, () => select(get()))

/** Opens the one stream of this page. A query with `meta: { live: false }` is left alone when something changes. */
export function startLive(queryClient: QueryClient, pinned: () => boolean) {
  const refresh = createRefresh(queryClient)
  feed = createFeed({
    connect: (url) => new EventSource(url),
    clock: () => performance.now(),
    random: Math.random,
    onHeard: (now) => setServerTime(now, pinned()),
    onFrame(frame) {
      for (const follower of followers) follower(frame)
      if (frame.kind === 'reset') refresh.now()
      else refresh.soon()
    },
  })
  setInterval(() => feed?.tick(), 1000)
  document.addEventListener('visibilitychange', () => feed?.tick())
}

function createRefresh(queryClient: QueryClient) {
  let planned = false
  let behind = false
  const run = () => {
    planned = false
    behind = document.hidden
    if (behind) return
    void queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.live !== false })
  }
  document.addEventListener('visibilitychange', () => {
    if (behind && !document.hidden) run()
  })
  return {
    now: run,
    soon() {
      if (planned) return
      planned = true
      setTimeout(run, REFRESH_MS - (serverNow() % REFRESH_MS))
    },
  }
}
