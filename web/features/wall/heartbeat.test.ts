import { beforeEach, expect, test } from 'vitest'
import { createHeartbeat, type Heartbeat } from './heartbeat.ts'

let now: number
let set: number
let answers: { resolve: (now: number) => void; reject: () => void }[]
let heartbeat: Heartbeat
const begin = (kept: number | null = null) =>
  createHeartbeat({
    clock: () => now,
    wallClock: () => now + set,
    ask: () =>
      new Promise((resolve, reject) => {
        answers.push({ resolve, reject: () => reject(new Error('no answer')) })
      }),
    kept,
  })
const seconds = async (count: number, fate?: 'answered' | 'refused') => {
  for (let i = 0; i < count; i++) {
    now += 1000
    heartbeat.look()
    for (const answer of fate ? answers.splice(0) : [])
      if (fate === 'answered') answer.resolve(now)
      else answer.reject()
    // Promises settle before the next second.
    await null
    await null
    await null
  }
}

beforeEach(() => {
  now = 1_000_000
  set = 0
  answers = []
  heartbeat = begin()
})

test('a quiet server that answers is not lost, however long nothing happens', async () => {
  heartbeat.hear(now)
  await seconds(120, 'answered')
  expect(heartbeat.get().lost).toBe(false)
})

test('ten seconds without a word and an answer are loss, and one word ends it', async () => {
  heartbeat.hear(now)
  await seconds(9, 'refused')
  expect(heartbeat.get()).toEqual({ lost: false, since: 1_000_000 })
  await seconds(1, 'refused')
  expect(heartbeat.get()).toEqual({ lost: true, since: 1_000_000 })
  heartbeat.hear(5_000_000)
  expect(heartbeat.get()).toEqual({ lost: false, since: 5_000_000 })
})

test('a word that came while a question stood open is worth more than its missing answer', async () => {
  heartbeat.hear(now)
  await seconds(6)
  expect(answers.length).toBe(1)
  heartbeat.hear(now)
  answers.shift()?.reject()
  await seconds(4)
  expect(heartbeat.get().lost).toBe(false)
})

test('after a sleep of the machine the server is asked at once, and its silence is counted with the sleep', async () => {
  heartbeat.hear(now)
  set = 3_600_000
  await seconds(1, 'refused')
  expect(heartbeat.get().lost).toBe(true)
})

test('a clock that is set five minutes forth or back loses nothing', async () => {
  heartbeat.hear(now)
  for (const jump of [300_000, -300_000]) {
    set += jump
    await seconds(1)
    expect(heartbeat.get().lost).toBe(false)
    expect(answers.length).toBe(1)
    answers.shift()?.resolve(now)
    await seconds(1)
  }
})

test('a kept picture is of the past from its first moment until a word comes', async () => {
  heartbeat = begin(77)
  expect(heartbeat.get()).toEqual({ lost: true, since: 77 })
  await seconds(1, 'refused')
  expect(heartbeat.get()).toEqual({ lost: true, since: 77 })
  heartbeat.hear(900)
  expect(heartbeat.get()).toEqual({ lost: false, since: 900 })
})

test('without a kept picture and without a word the first missing answer is loss', async () => {
  expect(heartbeat.get().lost).toBe(false)
  await seconds(1, 'refused')
  expect(heartbeat.get()).toEqual({ lost: true, since: null })
})
