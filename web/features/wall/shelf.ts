/** After the page's own chunks have come. */
const KEEP_AFTER_MS = 15_000

/**
 * The worker that keeps the page for a start without the server. Browsers give one to HTTPS and to the machine itself only;
 * elsewhere a browser that is started while the server is away has nothing to show. Returns how to stop waiting.
 */
export function keepPage(): () => void {
  const workers = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined
  if (!workers) return () => {}
  workers.register('/wall-worker.js', { scope: '/wall' }).catch(() => {})
  const timer = setTimeout(async () => {
    const { active } = await workers.ready
    const loaded = performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
    active?.postMessage({ keep: [...new Set(loaded)] })
  }, KEEP_AFTER_MS)
  return () => clearTimeout(timer)
}
