import { expect, test } from 'vitest'
import type { LiveFrame } from '#server/contract/live.ts'
import type { Live } from './live-feed.ts'
import { createShare, type Told } from './live-share.ts'

const FRAME = {
  kind: 'changes',
  revision: 7,
  at: 1_000,
  open: 12,
  buildings: [[4, 1, 0, 0]],
  events: [],
} as unknown as LiveFrame

/** A feed that says what it is told to. */
function stage() {
  let live: Live = { link: 'connecting', server: null, heardAt: null, frame: null, events: [] }
  const listeners = new Set<() => void>()
  let hear: ((frame: LiveFrame) => void) | undefined
  const set = (change: Partial<Live>) => {
    live = { ...live, ...change }
    for (const listener of listeners) listener()
  }
  const share = createShare(({ onFrame }) => {
    hear = onFrame
    return {
      get: () => live,
      subscribe: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      tick() {},
      close() {},
    }
  })
  return {
    share,
    set,
    frame(frame: LiveFrame) {
      set({ link: 'live', server: 'serving', heardAt: frame.at, frame })
      hear?.(frame)
    },
    tab() {
      const told: Told[] = []
      const port = { postMessage: (one: Told) => void told.push(one) }
      share.join(port)
      return {
        port,
        told,
        kinds: () => told.map(({ type, data }) => [type, data && JSON.parse(data).kind]),
      }
    },
  }
}

test('a frame is told to every tab once, and to none that has left', () => {
  const { share, frame, tab } = stage()
  const [one, other] = [tab(), tab()]
  frame(FRAME)
  share.leave(other.port)
  frame({ ...FRAME, at: 2_000 })
  expect(one.kinds()).toEqual([
    ['message', 'changes'],
    ['message', 'changes'],
  ])
  expect(other.kinds()).toEqual([['message', 'changes']])
})

test('a tab that comes later is told how things stand, without changes that it never saw begin', () => {
  const { frame, tab } = stage()
  frame(FRAME)
  const { told } = tab()
  expect(told.map(({ data }) => JSON.parse(data ?? ''))).toEqual([
    { ...FRAME, kind: 'reset', buildings: [] },
  ])
})

test('a loss is told once; a tab that joins meanwhile is told nothing old', () => {
  const { frame, set, tab } = stage()
  const early = tab()
  frame(FRAME)
  set({ link: 'stale' })
  set({ link: 'stale' })
  expect(early.kinds()).toEqual([
    ['message', 'changes'],
    ['error', undefined],
  ])
  expect(tab().told).toEqual([])
})

test('a sign of life without a change reaches the tabs as one', () => {
  const { frame, set, tab } = stage()
  frame(FRAME)
  const { told } = tab()
  set({ heardAt: 16_000 })
  expect(told.at(-1)).toEqual({ type: 'ping', data: '{"at":16000,"state":"serving"}' })
})
