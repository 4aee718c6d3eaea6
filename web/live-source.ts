import type { Source } from './live-feed.ts'
import type { Told } from './live-share.ts'

/** The stream of this page: shared with the other tabs of the browser where it can be, else its own. */
export function connectLive(url: string): Source {
  if (typeof SharedWorker === 'undefined') return new EventSource(url)
  try {
    return sharedSource()
  } catch {
    return new EventSource(url)
  }
}

function sharedSource(): Source {
  const worker = new SharedWorker(new URL('./live-worker.ts', import.meta.url), { type: 'module' })
  const { port } = worker
  const listeners = new Map<string, Parameters<Source['addEventListener']>[1][]>()
  const hear = ({ type, data }: Told) => {
    for (const listen of listeners.get(type) ?? []) listen({ data })
  }
  port.addEventListener('message', ({ data }: MessageEvent<Told>) => hear(data))
  worker.addEventListener('error', () => hear({ type: 'error' }))
  port.start()
  const close = () => {
    port.postMessage('leave')
    port.close()
  }
  // A port does not say that its tab is gone.
  addEventListener('pagehide', close, { once: true })
  return {
    addEventListener: (type, listen) =>
      void listeners.set(type, [...(listeners.get(type) ?? []), listen]),
    close() {
      removeEventListener('pagehide', close)
      close()
    },
  }
}
