import { expect, test } from 'vitest'
import type { Topic } from '#server/contract/live.ts'
import type { Word } from './live-feed.ts'
import { createStream, type Source } from './live-stream.ts'

type Listen = (event: { data?: unknown; lastEventId?: string }) => void

/** A server that says what it is told to, and a clock that moves when it is told to. */
function stage(random = () => 0.5) {
  const connections: {
    url: string
    closed: boolean
    say: (type: string, data?: unknown, id?: string) => void
  }[] = []
  let now = 0
  let position: string | null = null
  const heard: Word[] = []
  const stream = createStream({
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
    random,
    position: () => position,
    hear(word) {
      heard.push(word)
      if (word.id) position = word.id
    },
  })
  stream.follow(new Set<Topic>(['city']))
  return {
    stream,
    heard,
    connections,
    open: () => connections.filter(({ closed }) => !closed).map(({ url }) => url),
    last: () => {
      const last = connections.at(-1)
      if (!last) throw new Error('nothing was connected')
      return last
    },
    pass(seconds: number) {
      for (let i = 0; i < seconds; i++) {
        now += 1000
        stream.tick()
      }
    },
  }
}

test('a lost connection goes on after the last message heard', () => {
  const { last, pass, open, heard } = stage()
  last().say('message', {}, 'a-7')
  last().say('error')
  expect([open(), heard.at(-1)]).toEqual([[], { type: 'lost' }])
  pass(2)
  expect(open()).toEqual(['/live?topic=city&last=a-7'])
})

test('a connection that says nothing is given up though it never fails, and the next one asks for air', () => {
  const { last, pass, open, heard } = stage()
  last().say('message', {}, 'a-1')
  pass(18)
  last().say('ping', {}, 'a-1')
  pass(18)
  expect(open()).toEqual(['/live?topic=city'])
  pass(5)
  expect(heard.at(-1)).toEqual({ type: 'lost' })
  expect(open()).toEqual(['/live?topic=city&last=a-1&pad=1'])
})

test('what an old connection still says is not heard', () => {
  const { connections, stream, heard } = stage()
  stream.follow(new Set<Topic>(['city', 'district:garden']))
  connections[0]?.say('message', {}, 'a-1')
  expect(heard).toEqual([])
  expect(connections.map(({ url, closed }) => [url, closed])).toEqual([
    ['/live?topic=city', true],
    ['/live?topic=city&topic=district%3Agarden', false],
  ])
})

test('a server that stays away is asked less and less often, and for ever', () => {
  const { last, pass, connections } = stage()
  for (let i = 0; i < 300; i++) {
    last().say('error')
    pass(1)
  }
  expect(connections.length).toBeGreaterThan(20)
  expect(connections.length).toBeLessThan(60)
})

test('screens that lose the server together come back at different moments', () => {
  const backAt = (chance: number) => {
    const { last, pass, open } = stage(() => chance)
    last().say('message', {}, 'a-1')
    for (let failures = 0; failures < 4; failures++) {
      last().say('error')
      for (let second = 1; ; second++) {
        pass(1)
        if (open().length > 0 && failures === 3) return second
        if (open().length > 0) break
      }
    }
    return 0
  }
  expect([0, 0.25, 0.5, 0.75, 0.99].map(backAt)).toEqual([3, 5, 6, 8, 9])
})

test('a server that stops says when to come back, and is not asked before', () => {
  const { last, pass, open, heard } = stage()
  last().say('leaving', { afterMs: 9000 })
  last().say('error')
  expect(heard).toEqual([{ type: 'lost' }])
  pass(9)
  expect(open()).toEqual([])
  pass(1)
  expect(open()).toEqual(['/live?topic=city'])
})

test('another wish waits for a connection that has just been lost', () => {
  const { last, pass, open, stream } = stage()
  last().say('error')
  stream.follow(new Set<Topic>(['district:garden']))
  expect(open()).toEqual([])
  pass(1)
  expect(open()).toEqual(['/live?topic=district%3Agarden'])
})
