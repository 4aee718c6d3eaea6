import type { QueryClient } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { api } from '#web/api.ts'
import { wallQuestions } from './questions.ts'

const KEPT = 'domovoi-wall'
/** Raised when the shape of what is kept changes. */
const FORMAT = 1
/** Characters; a browser gives five million to all pages of an origin. */
const MOST = 1_500_000
/** An older picture tells nobody anything. */
const OLDEST_MS = 31 * 86_400_000

const PARTS = ['city', 'map', 'organizations', 'outages', 'today'] as const
type Part = (typeof PARTS)[number]

/** The last picture, as the server's answers without a person: only what the wall's own schema lets through, and the frame's names. */
const Snapshot = z.object({
  format: z.literal(FORMAT),
  /** The web app that wrote it: another one may draw other answers. */
  version: z.string(),
  district: z.nullable(z.string()),
  /** The server's clock at the picture, UTC ms. */
  at: z.int(),
  /** The machine's clock then. */
  kept: z.int(),
  place: z.looseObject({ now: z.int(), pinned: z.boolean(), zone: z.string() }),
  answers: z.object({
    city: z.optional(z.unknown()),
    map: z.optional(z.unknown()),
    organizations: z.optional(z.unknown()),
    outages: z.optional(z.unknown()),
    today: z.optional(z.unknown()),
  }),
})
type Snapshot = z.output<typeof Snapshot>

interface Keeping {
  storage: Pick<Storage, 'setItem' | 'removeItem'>
  client: QueryClient
  version: string
  district: string | null
  /** The server's clock now, and the machine's. */
  at: number
  wallClock: number
}

/** Keeps what is on the wall. What is too large for the browser loses its largest part and is kept without it. */
export function keepSnapshot({ storage, client, at, wallClock, ...rest }: Keeping) {
  const questions = wallQuestions(rest.district)
  const place = client.getQueryData(api.shell.place.queryKey())
  const parts = PARTS.flatMap((part) => {
    const answer = client.getQueryData(questions[part].queryKey)
    return answer === undefined ? [] : [{ part, size: JSON.stringify(answer).length, answer }]
  })
  if (!place || parts.length === 0) return
  const told = {
    ...{ format: FORMAT, ...rest, at: Math.round(at), kept: Math.round(wallClock) },
    place: { ...place, now: Math.round(place.now) },
  }
  parts.sort((a, b) => b.size - a.size)
  while (parts.length > 0) {
    const answers = Object.fromEntries(parts.map(({ part, answer }) => [part, answer]))
    const text = JSON.stringify({ ...told, answers })
    if (text.length <= MOST && stored(storage, text)) return
    parts.shift()
  }
  wipeSnapshot(storage)
}

function stored(storage: Pick<Storage, 'setItem'>, text: string): boolean {
  try {
    storage.setItem(KEPT, text)
    return true
  } catch {
    // The browser is full, or keeps nothing at all.
    return false
  }
}

/** A screen that is let in no longer shows nothing of the city, after a restart neither. */
export function wipeSnapshot(storage: Pick<Storage, 'removeItem'>) {
  storage.removeItem(KEPT)
}

/** The kept picture, if this web app can draw it. */
export function readSnapshot(
  storage: Pick<Storage, 'getItem'>,
  version: string | null,
  wallClock: number,
): Snapshot | null {
  const snapshot = Snapshot.safeParse(parsed(storage.getItem(KEPT)))
  if (!snapshot.success || snapshot.data.version !== version) return null
  return wallClock - snapshot.data.kept > OLDEST_MS ? null : snapshot.data
}

/** Gives the kept answers to the page as if they had just been told, but old: they are asked anew at once. */
export function restoreSnapshot(client: QueryClient, snapshot: Snapshot, wallClock: number) {
  const { place, answers, at, kept, district } = snapshot
  // The machine's clock may have been set back; time does not.
  const passed = place.pinned ? 0 : Math.max(0, wallClock - kept)
  const old = { updatedAt: 1 }
  // What was kept is what the same web app was told.
  const names = { ...place, now: at + passed } as never
  client.setQueryData(api.shell.place.queryKey(), names, old)
  const questions = wallQuestions(district)
  for (const part of PARTS)
    if (answers[part] !== undefined) put(client, questions[part].queryKey, answers[part])
}

const put = (
  client: QueryClient,
  key: ReturnType<typeof wallQuestions>[Part]['queryKey'],
  answer: unknown,
) => client.setQueryData(key, answer as never, { updatedAt: 1 })

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
