import { expect, test } from 'vitest'
import type { LiveFrame, Topic } from '#server/contract/live.ts'
import { createFeed } from './live-feed.ts'
import { createShare, type Said } from './live-share.ts'

type Listen = (event: { data?: unknown; lastEventId?: string }) => void

/** Tabs of one browser, their channel, a server that numbers what it says, and a clock that moves when it is told to. */
function browser() {
  let now = 0
  let number = 0
  const last = new Map<string, number>()
  let due: { at: number; run: () => void }[] = []
  const tabs = new Map<string, ReturnType<typeof open>>()
  const streams = new Set<{ topics: string[]; say: (type: string, data: object) => void }>()
  const asked: string[] = []

  function connect(url: string) {
    asked.push(url)
    const listeners = new Map<string, Listen>()
    const stream = {
      topics: new URL(url, 'http://localhost').searchParams.getAll('topic'),
      say: (type: string, data: object) =>
        listeners.get(type)?.({ data: JSON.stringify(data), lastEventId: `a-${number}` }),
    }
    streams.add(stream)
    const since = Number(/last=a-(\d+)/.exec(url)?.[1] ?? -1)
    due.push({
      at: now,
      run() {
        for (const topic of stream.topics)
          if (streams.has(stream)) stream.say('message', frameOf(topic, Math.max(0, since)))
      },
    })
    return {
      addEventListener: (type: string, listen: Listen) => void listeners.set(type, listen),
      close: () => void streams.delete(stream),
    }
  }
  const frameOf = (topic: string, since: number) => ({
    ...{ kind: 'changes', topic, since, state: 'serving', revision: number, at: 1000 + now },
    ...{ open: number, overdue: 0, emergency: 0, emergencyOverdue: 0, registeredToday: 0 },
    ...{ buildings: [], sources: [], events: [] },
  })

  function open(name: string, topic: Topic = 'city') {
    const told: [LiveFrame['kind'], number][] = []
    const state = { frozen: false, hidden: false }
    const feed = createFeed({
      ...{ topic, clock: () => now },
      onFrame: (frame) => told.push([frame.kind, frame.open]),
    })
    const share = createShare({
      channel: { postMessage: (said) => spread(name, said) },
      ...{ tab: name, clock: () => now, random: () => 0.5, connect, feed, topic },
      after: (milliseconds, run) => void due.push({ at: now + milliseconds, run }),
      hidden: () => state.hidden,
    })
    const tab = { share, feed, told, state }
    tabs.set(name, tab)
    share.join()
    return tab
  }
  function spread(from: string, said: Said) {
    const copy: Said = structuredClone(said)
    for (const [name, tab] of tabs)
      if (name !== from)
        due.push({
          at: now,
          run: () => !tab.state.frozen && tabs.has(name) && tab.share.hear(copy),
        })
  }
  function settle(end: number) {
    for (;;) {
      const next = due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) return
      due = due.filter((one) => one !== next)
      now = Math.max(now, next.at)
      next.run()
    }
  }
  return {
    open,
    asked,
    streams: () => [...streams].map(({ topics }) => topics),
    leaders: () => [...tabs].filter(([, { share }]) => share.leads()).map(([name]) => name),
    pass(milliseconds: number) {
      for (const end = now + milliseconds; now < end; ) {
        const step = Math.min(end, now + 1000)
        settle(step)
        now = step
        for (const tab of tabs.values()) if (!tab.state.frozen) tab.share.tick()
        settle(now)
      }
    },
    /** Something happens to these topics. */
    happen(...topics: string[]) {
      number++
      for (const stream of streams)
        for (const topic of topics)
          if (stream.topics.includes(topic))
            stream.say('message', frameOf(topic, last.get(topic) ?? 0))
      for (const topic of topics) last.set(topic, number)
      settle(now)
    },
    ping() {
      for (const stream of streams)
        stream.say('ping', { at: 1000 + now, state: 'serving', revision: number })
      settle(now)
    },
    /** Without a word, as a tab that is killed. */
    kill: (name: string) => tabs.delete(name),
    die(name: string) {
      tabs.delete(name)
      streams.clear()
    },
  }
}

test('eight tabs hold one stream, and all hear what happens', () => {
  const { open, pass, happen, streams, leaders } = browser()
  const tabs = Array.from({ length: 8 }, (_, i) => open(`tab-${i}`))
  pass(1000)
  happen('city')
  happen('city')
  expect(streams()).toEqual([['city']])
  expect(leaders()).toHaveLength(1)
  for (const { told, feed } of tabs) {
    expect(told.slice(-2)).toEqual([
      ['changes', 1],
      ['changes', 2],
    ])
    expect(feed.get().link).toBe('live')
  }
})

test('a tab that comes later is told at once how things stand, without another connection', () => {
  const { open, pass, happen, asked } = browser()
  open('first')
  pass(1000)
  happen('city')
  const later = open('later')
  pass(1000)
  expect(later.told).toEqual([['reset', 1]])
  expect(asked).toHaveLength(1)
})

test('when the leading tab closes another goes on where it was', () => {
  const { open, pass, happen, leaders, streams, asked } = browser()
  const first = open('first')
  pass(1000)
  const second = open('second')
  const third = open('third')
  pass(1000)
  happen('city')
  first.share.leave()
  happen('city')
  pass(300)
  expect(leaders()).toHaveLength(1)
  expect(streams()).toEqual([['city']])
  expect(asked.at(-1)).toBe('/live?topic=city&last=a-0')
  for (const { told } of [second, third])
    expect(told).toEqual([
      ['reset', 0],
      ['changes', 1],
      ['changes', 2],
    ])
})

test('a leading tab that sleeps or is killed without a word is missed within four seconds', () => {
  const { open, pass, happen, leaders, die } = browser()
  open('first')
  pass(1000)
  const second = open('second')
  pass(5000)
  expect(leaders()).toEqual(['first'])
  die('first')
  pass(4000)
  expect(leaders()).toEqual(['second'])
  happen('city')
  expect(second.told.at(-1)).toEqual(['changes', 1])
})

test('a tab that was frozen while it led finds another in its place and lets go', () => {
  const { open, pass, happen, leaders, streams } = browser()
  const first = open('first')
  pass(1000)
  const second = open('second')
  pass(1000)
  first.state.frozen = true
  pass(5000)
  expect(second.share.leads()).toBe(true)
  first.state.frozen = false
  happen('city')
  pass(2000)
  expect(leaders()).toEqual(['second'])
  expect(streams()).toEqual([['city']])
  happen('city')
  expect(first.told.filter(([kind]) => kind === 'changes')).toEqual([
    ['changes', 1],
    ['changes', 2],
  ])
  expect(second.told.filter(([kind]) => kind === 'changes').slice(-2)).toEqual([
    ['changes', 1],
    ['changes', 2],
  ])
})

test('a hidden tab asks nobody until a ping is missing', () => {
  const { open, pass, ping, die, leaders } = browser()
  open('first')
  pass(1000)
  open('second').state.hidden = true
  for (let i = 0; i < 4; i++) {
    pass(15_000)
    ping()
  }
  die('first')
  pass(15_000)
  expect(leaders()).toEqual([])
  pass(10_000)
  expect(leaders()).toEqual(['second'])
})

test('tabs of several topics share one stream of all of them, and each hears its own', () => {
  const { open, pass, happen, streams } = browser()
  const city = open('city-tab')
  pass(1000)
  const garden = open('garden-tab', 'district:garden')
  pass(1000)
  expect(streams()).toEqual([['city', 'district:garden']])
  happen('city')
  happen('city', 'district:garden')
  expect(city.told.slice(-2)).toEqual([
    ['changes', 1],
    ['changes', 2],
  ])
  expect(garden.told.slice(-1)).toEqual([['changes', 2]])
  garden.share.follow('organization:sever')
  pass(1000)
  happen('city', 'organization:sever')
  expect(garden.told.at(-1)).toEqual(['changes', 3])
})

test('what no tab wants any more is not carried after the pings that nobody answered', () => {
  const { open, pass, ping, streams } = browser()
  open('city-tab')
  pass(1000)
  const garden = open('garden-tab', 'district:garden')
  pass(1000)
  garden.share.leave()
  pass(1000)
  ping()
  expect(streams()).toEqual([['city']])
})

test('without a channel a tab has its own stream at once', () => {
  const asked: string[] = []
  const feed = createFeed({ topic: 'city', clock: () => 0 })
  createShare({
    ...{ channel: null, tab: 'only', clock: () => 0, random: () => 0.5, feed, topic: 'city' },
    after: () => {},
    hidden: () => false,
    connect(url) {
      asked.push(url)
      return { addEventListener: () => {}, close: () => {} }
    },
  }).join()
  expect(asked).toEqual(['/live?topic=city'])
})

test('a loss is told to all tabs, and healed by the first word', () => {
  const { open, pass, streams, ping } = browser()
  const first = open('first')
  pass(1000)
  const second = open('second')
  pass(1000)
  first.feed.hear({ type: 'lost' })
  expect(streams()).toHaveLength(1)
  pass(5000)
  expect(first.feed.get().link).toBe('stale')
  expect(second.feed.get().link).toBe('live')
  ping()
  expect(first.feed.get().link).toBe('live')
})
