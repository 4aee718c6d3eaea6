import type { LiveFrame } from '#server/contract/live.ts'
import type { Feed, FeedOptions } from './live-feed.ts'

/** What a tab hears through its port: the events of a source, with their data. */
export interface Told {
  type: 'message' | 'ping' | 'error'
  data?: string
}

/** The part of MessagePort that is used. */
export interface Port {
  postMessage(told: Told): void
}

const EVENTS = 40

/**
 * One feed for all tabs of a browser. A tab that joins is told how things stand, as if the server had begun anew with it;
 * while the feed is lost it is told nothing, so that nobody takes an old state for a new one.
 */
export function createShare(createFeed: (options: Pick<FeedOptions, 'onFrame'>) => Feed) {
  const ports = new Set<Port>()
  let newest: LiveFrame | null = null
  const tell = (type: Told['type'], message?: object) => {
    const data = message && JSON.stringify(message)
    for (const port of ports) port.postMessage({ type, ...(data && { data }) })
  }
  const feed = createFeed({
    onFrame(frame) {
      newest = frame
      tell('message', frame)
    },
  })
  let before = feed.get()
  feed.subscribe(() => {
    const live = feed.get()
    const { link, heardAt, server, frame } = live
    if (link === 'stale' && before.link !== 'stale') tell('error')
    else if (link === 'live' && frame === before.frame && heardAt !== before.heardAt)
      tell('ping', { at: heardAt, state: server })
    before = live
  })
  return {
    join(port: Port) {
      ports.add(port)
      const { link, events } = feed.get()
      if (link !== 'live' || !newest) return
      const whole = { ...newest, kind: 'reset', buildings: [], events: events.slice(0, EVENTS) }
      port.postMessage({ type: 'message', data: JSON.stringify(whole) })
    },
    leave: (port: Port) => void ports.delete(port),
  }
}
