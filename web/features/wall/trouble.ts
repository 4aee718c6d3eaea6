import type { Words } from '#server/contract/vocabulary.ts'
import type { Live } from '#web/live-feed.ts'
import type { Beat } from './heartbeat.ts'

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
  /** The server lives, and this one picture gets no answer. */
  | { kind: 'panel'; since: number }

interface Present {
  beat: Beat
  live: Pick<Live, 'server' | 'heardAt'>
  sources: readonly Source[]
}

/** The gravest trouble, or null: the picture is of now. */
export function troubleOf({ beat, live: { heardAt, server }, sources }: Present): Trouble | null {
  if (beat.lost) return { kind: 'away', since: beat.since }
  if (server !== null && server !== 'serving')
    return { kind: 'server', state: server, since: heardAt }
  if (sources.length > 0 && sources.every(({ silentTooLong }) => silentTooLong))
    return { kind: 'silent', since: Math.max(...sources.map(({ newestAt }) => newestAt)) }
  return null
}

/** Answers are of whole minutes, asked each twenty seconds; one that is older stands. */
const STANDS_MS = 180_000

/** A picture whose own answer is old, though the server lives. */
export const panelTrouble = (answeredFor: number | undefined, now: number): Trouble | null =>
  answeredFor !== undefined && now - answeredFor > STANDS_MS
    ? { kind: 'panel', since: answeredFor }
    : null
