import { MOST_TOPICS, type Topic } from '#server/contract/live.ts'
import { createFeed, type Feed, placeOf, type Word } from './live-feed.ts'
import { createStream, type StreamOptions } from './live-stream.ts'

/** What the tabs of a browser say to each other. `term` grows with each change of lead. */
export type Said =
  /** A tab lives and listens to this; `fresh` = it knows nothing of it yet. */
  | { say: 'want'; tab: string; topic: Topic; fresh: boolean }
  | { say: 'there'; tab: string }
  /** The tab leads: it holds the stream. */
  | { say: 'here'; tab: string; term: number; to?: string; word?: Word }
  | { say: 'word'; tab: string; term: number; word: Word }
  | { say: 'bye'; tab: string }

/** The part of BroadcastChannel that is used. */
export interface Channel {
  postMessage(said: Said): void
}

export interface ShareOptions extends Pick<StreamOptions, 'connect' | 'clock' | 'random'> {
  /** null = each tab is alone, and has a stream of its own. */
  channel: Channel | null
  /** A name that no other tab has. */
  tab: string
  /** Calls back once after so many milliseconds. */
  after: (milliseconds: number, run: () => void) => void
  hidden: () => boolean
  /** What this tab knows. */
  feed: Feed
  topic: Topic
}

export interface Share {
  hear(said: Said): void
  follow(topic: Topic): void
  leads(): boolean
  /** Looks at the clock; called each second, less often while hidden. */
  tick(): void
  /** The tab goes, or is put to sleep. */
  leave(): void
  /** It is back. */
  join(): void
}

/** A tab that is looked at misses its leader soon; others have time until a ping is missing. */
const QUIET_MS = { seen: 1500, hidden: 20_000 }
const ANSWER_MS = 1000
const ELECTION_MS = { seen: 100, hidden: 500 }
/** Who has not said for so many pings what it wants is gone. */
const PINGS = 3

/**
 * One stream for all tabs of a browser: connections to one server are few (six over HTTP/1.1). One tab leads and tells the others
 * what it hears; when it goes, sleeps or is silent another leads, and goes on where it was. Two that lead for a moment cost
 * a connection and nothing else, so that no lock is needed, which browsers grant only over HTTPS.
 */
export function createShare(options: ShareOptions): Share {
  const { channel, tab, clock, random, after, hidden, feed } = options
  let { topic } = options
  let role: 'away' | 'asking' | 'leading' | 'following' = 'away'
  let leader: string | null = null
  let term = 0
  let heardLeader = clock()
  let answerBy: number | null = null
  let election = 0
  let position: string | null = null
  const wants = new Map<string, { topic: Topic; pings: number }>()
  /** What the leader knows for the other tabs. */
  const others = new Map<Topic, Feed>()

  const say = (said: Said) => channel?.postMessage(said)
  const want = () => say({ say: 'want', tab, topic, fresh: feed.get().frame === null })
  const stream = createStream({ ...options, position: () => position, hear: heardFromServer })

  /** Of a message it is not known whether others of its number followed: one goes on before it. What comes twice is told once. */
  function note({ type, id }: Word) {
    const place = placeOf(id)
    if (!place) return
    const complete = type === 'ping' ? place.number : Math.max(0, place.number - 1)
    position = `${place.epoch}-${complete}`
  }

  function heardFromServer(word: Word) {
    note(word)
    feed.hear(word)
    for (const other of others.values()) other.hear(word)
    say({ say: 'word', tab, term, word })
    if (word.type === 'ping') countOff()
  }

  function countOff() {
    for (const [other, wish] of wants) if (++wish.pings > PINGS) wants.delete(other)
    const wanted = wantedTopics()
    for (const known of others.keys()) if (!wanted.has(known)) others.delete(known)
    if (wanted.size < stream.topics().size) stream.follow(wanted)
  }

  function wantedTopics(): ReadonlySet<Topic> {
    const all = new Set([topic, ...[...wants.values()].map((wish) => wish.topic)])
    return new Set([...all].slice(0, MOST_TOPICS))
  }

  /** Opens anew where somebody wants what the stream does not carry; what nobody wants any more waits for the next ping. */
  function carry(carried: ReadonlySet<Topic> = stream.topics()) {
    const wanted = wantedTopics()
    for (const one of wanted)
      if (one !== topic && !others.has(one)) others.set(one, createFeed({ topic: one, clock }))
    if ([...wanted].some((one) => !carried.has(one))) stream.follow(wanted)
  }

  function lead() {
    role = 'leading'
    leader = tab
    term++
    answerBy = null
    say({ say: 'here', tab, term })
    carry(new Set())
  }

  function follow(other: string, itsTerm: number, answering: boolean) {
    if (role === 'leading') {
      stream.close()
      others.clear()
    }
    const known = role === 'following' && leader === other
    role = 'following'
    leader = other
    term = itsTerm
    heardLeader = clock()
    answerBy = null
    if (!known && !answering) want()
  }

  /** Whether this is said by the one who leads; of two that do, the one of the later term goes on, or the first by name. */
  function isLeader(said: Said & { term: number }): boolean {
    const { tab: other, term: itsTerm } = said
    const later = itsTerm > term || (itsTerm === term && (role !== 'leading' || other < tab))
    if (later) follow(other, itsTerm, said.say === 'here' && said.to !== undefined)
    else if (role === 'leading') say({ say: 'here', tab, term })
    return later
  }

  function elect() {
    role = 'asking'
    leader = null
    const mine = ++election
    const wait = hidden() ? ELECTION_MS.hidden : ELECTION_MS.seen
    after(wait * (1 + random()), () => {
      if (role === 'asking' && election === mine) lead()
    })
  }

  function take(word: Word) {
    note(word)
    feed.hear(word)
    if (word.type === 'ping') want()
  }

  function hear(said: Said) {
    if (role === 'away') return
    if (said.say === 'want') {
      wants.set(said.tab, { topic: said.topic, pings: 0 })
      if (role !== 'leading') return
      carry()
      const word = said.fresh && (said.topic === topic ? feed : others.get(said.topic))?.whole()
      say({ say: 'here', tab, term, to: said.tab, ...(word && { word }) })
    } else if (said.say === 'there') {
      if (role !== 'leading') return
      stream.tick()
      say({ say: 'here', tab, term, to: said.tab })
    } else if (said.say === 'bye') {
      wants.delete(said.tab)
      if (said.tab === leader) elect()
    } else if (isLeader(said) && said.word)
      if (said.say === 'word' || said.to === tab) take(said.word)
  }

  return {
    hear,
    leads: () => role === 'leading',
    follow(other) {
      if (other === topic) return
      topic = other
      feed.follow(other)
      others.delete(other)
      if (role === 'away') return
      want()
      if (role === 'leading') carry()
    },
    tick() {
      if (role === 'leading') stream.tick()
      feed.tick()
      if (role !== 'following') return
      const now = clock()
      if (answerBy !== null) {
        if (now >= answerBy) lead()
      } else if (now - heardLeader > (hidden() ? QUIET_MS.hidden : QUIET_MS.seen)) {
        answerBy = now + ANSWER_MS * (1 + random())
        say({ say: 'there', tab })
      }
    },
    leave() {
      if (role === 'away') return
      stream.close()
      others.clear()
      wants.clear()
      role = 'away'
      leader = null
      term = 0
      say({ say: 'bye', tab })
    },
    join() {
      if (role !== 'away') return
      want()
      if (channel) elect()
      else lead()
    },
  }
}
