import { expect, test } from 'vitest'
import type { LiveEvent, LiveFrame } from '#server/contract/live.ts'
import { createFeed, type Source } from './live-feed.ts'

type Listen = (event: { data?: unknown; lastEventId?: string }) => void

/** A server that says what it is told to, and a clock that moves when it is told to. */
function stage() {
  const connections: {
    url: string
    closed: boolean
    say: (type: string, data?: unknown, id?: string) => void
  }[] = []
  let now = 0
  const heard: LiveFrame[] = []
  const feed = createFeed({
    connect(url): Source {
      const listeners = new Map<string, Listen>()
      const connection = {
        url,
        closed: false,
        say: (type: string, data?: unknown, id = '') =>
          listeners.get(type)?.({ data: JSON.stringify(data), lastEventId: id }),
      }
      connections.push(connection)
      return {
        addEventListener: (type, listen) => void listeners.set(type, listen),
        close: () => {
          connection.closed = true
        },
      }
    },
    clock: () => now,
    random: () => 0.5,
    onFrame: (frame) => heard.push(frame),
  })
  return {
    feed,
    heard,
    connections,
    last: () => {
      const last = connections.at(-1)
      if (!last) throw new Error('nothing was connected')
      return last
    },
    pass(seconds: number) {
      for (let i = 0; i < seconds; i++) {
        now += 1000
        feed.tick()
      }
    },
  }
}

const event = (seq: number): LiveEvent => ({
  seq,
  type: 'request.registered',
  request: `1-${seq}`,
  key: 0,
  building: null,
  address: null,
  district: null,
  organization: null,
  organizationName: null,
  category: null,
  categoryName: null,
  priority: 'ordinary',
  occurredAt: 0,
  recordedAt: 0,
  tookS: null,
})
const frame = (over: Partial<LiveFrame> = {}): LiveFrame => ({
  kind: 'changes',
  topic: 'city',
  since: 0,
  state: 'serving',
  revision: 1,
  at: 1000,
  open: 5,
  overdue: 1,
  emergency: 0,
  emergencyOverdue: 0,
  registeredToday: 2,
  buildings: [],
  events: [],
  sources: [],
  ...over,
})

test('a frame is heard at once, newest event first', () => {
  const { feed, last } = stage()
  last().say('message', frame({ events: [event(1)] }), 'a-1')
  last().say('message', frame({ open: 6, events: [event(3), event(2)] }), 'a-2')
  expect(feed.get().events.map(({ seq }) => seq)).toEqual([3, 2, 1])
  expect(feed.get()).toMatchObject({ link: 'live', server: 'serving', frame: { open: 6 } })
})

test('a lost connection goes on after the last message heard', () => {
  const { last, pass, connections } = stage()
  last().say('message', frame(), 'a-7')
  last().say('error')
  expect(connections[0]?.closed).toBe(true)
  pass(2)
  expect(connections.map(({ url }) => url)).toEqual(['/live', '/live?last=a-7'])
})

test('a short loss is not told, a longer one is, and the first word heals it', () => {
  const { feed, last, pass } = stage()
  last().say('message', frame(), 'a-1')
  last().say('error')
  pass(3)
  expect(feed.get().link).toBe('live')
  last().say('error')
  pass(3)
  expect(feed.get().link).toBe('stale')
  pass(10)
  last().say('ping', { at: 5000, state: 'serving', revision: 1 })
  expect(feed.get()).toMatchObject({ link: 'live', heardAt: 5000 })
})

test('a connection that says nothing is given up though it never fails', () => {
  const { feed, last, pass, connections } = stage()
  last().say('message', frame(), 'a-1')
  pass(18)
  last().say('ping', { at: 2000, state: 'serving', revision: 1 })
  pass(18)
  expect(connections.filter(({ closed }) => !closed)).toHaveLength(1)
  expect(feed.get().link).toBe('live')
  pass(7)
  expect(connections[0]?.closed).toBe(true)
  expect(feed.get().link).toBe('stale')
  expect(connections.length).toBeGreaterThan(1)
})

test('a server that stays away is asked less and less often, and for ever', () => {
  const { last, pass, connections } = stage()
  for (let i = 0; i < 300; i++) {
    if (!last().url.includes('gone')) last().say('error')
    pass(1)
  }
  expect(connections.length).toBeGreaterThan(20)
  expect(connections.length).toBeLessThan(60)
})

test('a reset forgets the events from before it', () => {
  const { feed, last } = stage()
  last().say('message', frame({ events: [event(1)] }), 'a-1')
  last().say('message', frame({ kind: 'reset', events: [event(9)] }), 'b-1')
  expect(feed.get().events.map(({ seq }) => seq)).toEqual([9])
})

test('a flood keeps only the newest sixty', () => {
  const { feed, last } = stage()
  for (let i = 0; i < 100; i++) last().say('message', frame({ events: [event(i)] }), `a-${i}`)
  expect(feed.get().events).toHaveLength(60)
  expect(feed.get().events[0]?.seq).toBe(99)
})

test('what is not a frame changes nothing', () => {
  const { feed, last, heard } = stage()
  last().say('message', { kind: 'changes', open: 'many' }, 'a-1')
  last().say('message', undefined, 'a-2')
  expect(heard).toEqual([])
  expect(feed.get().link).toBe('connecting')
})
