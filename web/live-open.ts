import type { LiveFrame, LivePing, Topic } from '#server/contract/live.ts'
import { createFeed, type Feed } from './live-feed.ts'
import { createShare, type Said } from './live-share.ts'

export interface OpenOptions {
  topic: Topic
  /** A screen on a wall depends on nobody else. */
  alone: boolean
  random: () => number
  onFrame: (frame: LiveFrame) => void
  onPing: (ping: LivePing) => void
}

/** The live feed of this page, shared with the other tabs of the browser; behind the first load. */
export function openLive({ topic, alone, random, onFrame, onPing }: OpenOptions): {
  feed: Feed
  follow(topic: Topic): void
} {
  const clock = () => performance.now()
  const feed = createFeed({ topic, clock, onFrame, onPing })
  const channel =
    alone || typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('domovoi-live')
  const share = createShare({
    ...{ channel, clock, feed, topic },
    connect: (url) => new EventSource(url),
    random,
    tab: `${random()}`,
    after: (milliseconds, run) => void setTimeout(run, milliseconds),
    hidden: () => document.hidden,
  })
  channel?.addEventListener('message', ({ data }: MessageEvent<Said>) => share.hear(data))
  setInterval(share.tick, 1000)
  document.addEventListener('visibilitychange', share.tick)
  for (const type of ['pagehide', 'freeze']) addEventListener(type, share.leave, { capture: true })
  for (const type of ['pageshow', 'resume']) addEventListener(type, share.join, { capture: true })
  share.join()
  return { feed, follow: share.follow }
}
