import { expect, test } from 'vitest'
import type { LiveEvent, LiveFrame, Topic } from '#server/contract/live.ts'
import { createFeed } from './live-feed.ts'

/** A feed that is told what it hears, and a clock that moves when it is told to. */
function stage(topic: Topic = 'city') {
  let now = 0
  const told: LiveFrame[] = []
  const feed = createFeed({ topic, clock: () => now, onFrame: (frame) => told.push(frame) })
  return {
    feed,
    told,
    say: (data: unknown, id?: string) =>
      feed.hear({ type: 'message', data: JSON.stringify(data), ...(id && { id }) }),
    ping: (at: number, id = 'a-1') =>
      feed.hear({ type: 'ping', id, data: JSON.stringify({ at, state: 'serving', revision: 1 }) }),
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
const reset = (over: Partial<LiveFrame> = {}) => frame({ kind: 'reset', ...over })
const seqs = (events: readonly LiveEvent[]) => events.map(({ seq }) => seq)

test('a frame is heard at once, newest event first', () => {
  const { feed, say } = stage()
  say(reset({ events: [event(1)] }), 'a-1')
  say(frame({ since: 1, open: 6, events: [event(3), event(2)] }), 'a-2')
  expect(seqs(feed.get().events)).toEqual([3, 2, 1])
  expect(feed.get()).toMatchObject({ link: 'live', server: 'serving', frame: { open: 6 } })
})

test('a short loss is not told, a longer one is, and the first word heals it', () => {
  const { feed, say, ping, pass } = stage()
  say(reset(), 'a-1')
  feed.hear({ type: 'lost' })
  pass(3)
  expect(feed.get().link).toBe('live')
  feed.hear({ type: 'lost' })
  pass(3)
  expect(feed.get().link).toBe('stale')
  ping(5000)
  expect(feed.get()).toMatchObject({ link: 'live', heardAt: 5000 })
  pass(60)
  expect(feed.get().link).toBe('live')
})

test('a reset forgets the events from before it', () => {
  const { feed, say } = stage()
  say(reset({ events: [event(1)] }), 'a-1')
  say(reset({ events: [event(9)] }), 'b-1')
  expect(seqs(feed.get().events)).toEqual([9])
})

test('a flood keeps only the newest sixty', () => {
  const { feed, say } = stage()
  say(reset(), 'a-0')
  for (let i = 0; i < 100; i++) say(frame({ since: i, events: [event(i)] }), `a-${i + 1}`)
  expect(seqs(feed.get().events)).toEqual(Array.from({ length: 60 }, (_, i) => 99 - i))
})

test('what was heard already is not told again, though it comes from another stream', () => {
  const { feed, say, told } = stage()
  say(reset(), 'a-4')
  say(frame({ since: 4, events: [event(1)] }), 'a-5')
  say(frame({ since: 4, events: [event(1)] }), 'a-5')
  say(frame({ since: 4, events: [event(2), event(1)] }), 'a-6')
  expect(told.map((one) => [one.kind, seqs(one.events)])).toEqual([
    ['reset', []],
    ['changes', [1]],
    ['changes', [2]],
  ])
  expect(seqs(feed.get().events)).toEqual([2, 1])
})

test('where something is missing the frame is a reset: everything has to be asked anew', () => {
  const { feed, say, told } = stage()
  say(reset({ events: [event(1)] }), 'a-4')
  say(frame({ since: 6, open: 8, events: [event(7)], buildings: [[3, 1, 0, 0]] }), 'a-7')
  expect(told.at(-1)).toMatchObject({ kind: 'reset', open: 8, buildings: [] })
  expect(seqs(feed.get().events)).toEqual([7])
  say(frame({ since: 7, events: [event(8)] }), 'a-8')
  expect(told.at(-1)?.kind).toBe('changes')
  say(frame({ since: 8 }), 'b-9')
  expect(told.at(-1)?.kind).toBe('reset')
})

test('of another topic it hears nothing, and of a new one everything anew', () => {
  const { feed, say, told } = stage('district:garden')
  say(reset({ topic: 'city', open: 100 }), 'a-1')
  expect(feed.get().frame).toBe(null)
  say(reset({ topic: 'district:garden', open: 7, events: [event(1)] }), 'a-1')
  feed.follow('city')
  expect(feed.get()).toMatchObject({ link: 'live', frame: null, events: [] })
  say(frame({ topic: 'district:garden', since: 1 }), 'a-2')
  say(frame({ since: 1, open: 101, events: [event(2)] }), 'a-2')
  expect(told.map(({ topic, kind }) => [topic, kind])).toEqual([
    ['district:garden', 'reset'],
    ['city', 'reset'],
  ])
})

test('who comes later is told how things stand; nobody takes an old state for a new one', () => {
  const { feed, say, ping } = stage()
  expect(feed.whole()).toBe(null)
  say(reset({ events: [event(1)] }), 'a-1')
  say(frame({ since: 1, events: [event(2)], buildings: [[3, 1, 0, 0]] }), 'a-2')
  ping(9000, 'a-2')
  const late = stage()
  const whole = feed.whole()
  if (whole) late.feed.hear(whole)
  expect(late.told).toMatchObject([{ kind: 'reset', at: 9000, buildings: [] }])
  expect(seqs(late.feed.get().events)).toEqual([2, 1])
  late.say(frame({ since: 2, events: [event(3)] }), 'a-3')
  expect(seqs(late.feed.get().events)).toEqual([3, 2, 1])
  feed.hear({ type: 'lost' })
  expect(feed.whole()).toBe(null)
})

test('what is not a frame changes nothing', () => {
  const { feed, say, told } = stage()
  say({ kind: 'changes', topic: 'city', open: 'many' }, 'a-1')
  say(undefined, 'a-2')
  feed.hear({ type: 'message', data: '{' })
  expect(told).toEqual([])
  expect(feed.get().link).toBe('connecting')
})
