import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LiveFrame, Topic } from '#server/contract/live.ts'
import { createHub, type Hub } from '#server/live/hub.ts'
import { createFeed } from '#web/live-feed.ts'
import { createShare, type Said } from '#web/live-share.ts'
import type { Source } from '#web/live-stream.ts'
import { liveCity, TOPICS } from './live-city.ts'
import { standingClock } from './live-screen.ts'

const tab = fc.nat(4)
const topic = fc.constantFrom(...TOPICS)
const anyStep = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('report' as const),
      houses: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(50, 700, 2500, 9000),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('open' as const), tab, topic }) },
  fc.record({ do: fc.constant('turn' as const), tab, topic }),
  fc.record({ do: fc.constantFrom('close', 'kill', 'freeze', 'thaw', 'hide', 'show'), tab }),
  fc.record({ do: fc.constant('cut' as const), after: fc.nat(3) }),
  fc.record({ do: fc.constant('restart' as const) }),
)

/** A browser with tabs, its channel, a server behind a wire that can be cut within what is being said. */
function stage(chance: () => number) {
  const city = liveCity()
  const clock = standingClock(1_000_000)
  const { now, after } = clock
  const { board, registry } = city
  let epoch = 0
  const newHub = () =>
    createHub({ board, registry, now, after, epoch: `e${epoch++}`, state: () => 'serving' })
  let hub: Hub = newHub()
  const tabs = new Map<number, ReturnType<typeof openTab>>()
  const wires = new Set<{ cutAfter: number; cut: () => void }>()

  function connect(url: string): Source {
    const listeners = new Map<string, (event: { data?: unknown; lastEventId?: string }) => void>()
    const { searchParams } = new URL(url, 'http://localhost')
    let lastEventId = ''
    let closed = false
    const wire = {
      cutAfter: Number.POSITIVE_INFINITY,
      cut() {
        if (closed) return
        closed = true
        wires.delete(wire)
        leave()
        after(0, () => listeners.get('error')?.({}))
      },
    }
    wires.add(wire)
    const say = (text: string) => {
      if (closed || (text.includes('data: ') && wire.cutAfter-- <= 0)) return wire.cut()
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1]
      lastEventId = field('id') ?? lastEventId
      const data = field('data')
      const event = { data, lastEventId }
      if (data) after(1, () => !closed && listeners.get(field('event') ?? 'message')?.(event))
    }
    let leave = () => {}
    after(1, () => {
      if (closed) return
      leave = hub.join(
        {
          write: (bytes) => say(new TextDecoder().decode(bytes)),
          pending: () => 0,
          end: () => after(2, () => wire.cut()),
        },
        { topics: searchParams.getAll('topic') as Topic[], lastId: searchParams.get('last') },
      )
    })
    return {
      addEventListener: (type, listen) => void listeners.set(type, listen),
      close() {
        closed = true
        wires.delete(wire)
        leave()
      },
    }
  }

  function openTab(name: number, of: Topic) {
    /** Since the last reset, with the topic it was of. */
    const told: { topic: Topic; frames: LiveFrame[] } = { topic: of, frames: [] }
    const state = { frozen: false, hidden: false, gone: false }
    const feed = createFeed({
      ...{ topic: of, clock: now },
      onFrame(frame) {
        if (frame.kind === 'reset') told.frames = []
        told.frames.push(frame)
      },
    })
    const share = createShare({
      channel: {
        postMessage(said: Said) {
          for (const [other, { hear }] of tabs) if (other !== name) after(1, () => hear(said))
        },
      },
      ...{ tab: `tab-${name}`, clock: now, random: chance, connect, feed, topic: of },
      after: (milliseconds, run) => after(milliseconds, () => !state.gone && run()),
      hidden: () => state.hidden,
    })
    const waiting: Said[] = []
    return {
      ...{ share, feed, told, state },
      hear(said: Said) {
        if (state.gone) return
        if (state.frozen) waiting.push(said)
        else share.hear(said)
      },
      thaw() {
        state.frozen = false
        for (const said of waiting.splice(0)) share.hear(said)
      },
    }
  }

  /** The browser lets each tab look at its clock once a second. */
  function pass(milliseconds: number) {
    for (let left = milliseconds; left > 0; left -= 1000) {
      clock.pass(Math.min(left, 1000))
      for (const { share, state } of tabs.values()) if (!state.frozen) share.tick()
    }
  }
  return {
    city,
    tabs,
    pass,
    wires,
    open(name: number, of: Topic) {
      if (tabs.has(name)) return
      const opened = openTab(name, of)
      tabs.set(name, opened)
      opened.share.join()
    },
    kill(name: number) {
      const killed = tabs.get(name)
      if (!killed) return
      killed.state.gone = true
      tabs.delete(name)
      // With its process go its connections, and nothing is said to anybody.
      if (killed.share.leads()) for (const wire of [...wires]) wire.cut()
    },
    restart() {
      hub.close()
      hub = newHub()
    },
  }
}

test('whatever tabs open, sleep, turn and die, and however the wire is cut, each that is awake has all news of its topic once', () => {
  fc.assert(
    fc.property(
      fc.array(anyStep, { maxLength: 50 }),
      fc.infiniteStream(fc.double({ min: 0, max: 0.99, noNaN: true })),
      (steps, chances) => {
        const { city, tabs, pass, wires, open, kill, restart } = stage(
          () => chances.next().value as number,
        )
        open(0, 'city')
        for (const step of steps) {
          const one = 'tab' in step ? tabs.get(step.tab) : undefined
          if (step.do === 'report') city.report(step.houses)
          else if (step.do === 'pass') pass(step.ms)
          else if (step.do === 'open') open(step.tab, step.topic)
          else if (step.do === 'restart') restart()
          else if (step.do === 'cut') for (const wire of wires) wire.cutAfter = step.after
          else if (step.do === 'kill') kill(step.tab)
          else if (one && step.do === 'turn' && step.topic !== one.told.topic) {
            one.share.follow(step.topic)
            one.told.topic = step.topic
            one.told.frames = []
          } else if (one && step.do === 'close') {
            one.share.leave()
            one.state.gone = true
            tabs.delete(step.tab)
          } else if (one && step.do === 'freeze') one.state.frozen = true
          else if (one && step.do === 'thaw') one.thaw()
          else if (one && step.do === 'hide') one.state.hidden = true
          else if (one && step.do === 'show') one.state.hidden = false
        }
        for (const wire of wires) wire.cutAfter = Number.POSITIVE_INFINITY
        for (const one of tabs.values()) one.thaw()
        pass(90_000)
        city.report([1, 3])
        pass(2000)

        const awake = [...tabs.values()]
        expect(awake.filter(({ share }) => share.leads())).toHaveLength(awake.length > 0 ? 1 : 0)
        expect(wires.size).toBe(awake.length > 0 ? 1 : 0)
        for (const { feed, told } of awake) {
          const happened = city.happened(told.topic)
          const { link, frame } = feed.get()
          expect([link, frame?.topic, frame?.open]).toEqual(['live', told.topic, happened.length])
          const [first, ...rest] = told.frames
          expect(first?.kind).toBe('reset')
          // Counts may be ahead of what is told by the half second that gathers it, never behind.
          const later = rest.flatMap(({ events }) => events.map(({ seq }) => seq).toReversed())
          const before = happened.length - later.length
          expect(later).toEqual(happened.slice(before))
          expect(before).toBeLessThanOrEqual(first?.open ?? 0)
        }
      },
    ),
    { numRuns: 300 },
  )
})
