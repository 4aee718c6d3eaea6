import type { Words } from '#server/contract/vocabulary.ts'
import type { Live } from '#web/live-feed.ts'

/** Nothing heard from the server for so long is said aloud. */
const SILENT_MS = 15_000

export interface Source {
  source: string
  name: Words | null
  newestAt: number
  silentTooLong: boolean
}

/** What keeps the wall from telling the present. */
export type Trouble =
  /** The server is away, or says nothing; `since` is its last word, UTC ms, or null before the first. */
  | { kind: 'away'; since: number | null }
  /** The server answers, but not with the present: it reopens or rebuilds its facts, or cannot store events. */
  | { kind: 'server'; state: 'reopening' | 'rebuilding' | 'refusing'; since: number | null }
  /** Every source of requests is silent longer than it ever is. */
  | { kind: 'silent'; since: number }

interface Present {
  live: Pick<Live, 'link' | 'server' | 'heardAt'>
  /** Since its last word, by a clock that only grows: the city's may be pinned, and the screen's wrong. */
  silentMs: number
  sources: readonly Source[]
}

/** The gravest trouble, or null: the picture is of now. */
export function troubleOf({ live, silentMs, sources }: Present): Trouble | null {
  const { heardAt, link, server } = live
  if (link !== 'live' && silentMs > SILENT_MS) return { kind: 'away', since: heardAt }
  if (server !== null && server !== 'serving')
    return { kind: 'server', state: server, since: heardAt }
  if (sources.length > 0 && sources.every(({ silentTooLong }) => silentTooLong))
    return { kind: 'silent', since: Math.max(...sources.map(({ newestAt }) => newestAt)) }
  return null
}
