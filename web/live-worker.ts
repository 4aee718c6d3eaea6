import { createFeed } from './live-feed.ts'
import { createShare } from './live-share.ts'

const share = createShare(({ onFrame }) => {
  const feed = createFeed({
    connect: (url) => new EventSource(url),
    clock: () => performance.now(),
    random: Math.random,
    // Each tab waits for itself before it says so.
    lostMs: 0,
    ...(onFrame && { onFrame }),
  })
  setInterval(() => feed.tick(), 1000)
  return feed
})

addEventListener('connect', (event) => {
  // The global scope of a shared worker has no type of its own here: its connections come with one port each.
  const [port] = (event as MessageEvent).ports
  if (!port) return
  port.addEventListener('message', () => share.leave(port))
  port.start()
  share.join(port)
})
