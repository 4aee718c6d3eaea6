import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { normBook, type Situation } from './book.ts'
import { CalendarFile } from './calendar-file.ts'
import type { Pause } from './clock-of.ts'
import { clocksOf } from './clocks.ts'
import { PackFile } from './pack-file.ts'

const json = (path: string) =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as unknown
const book = (...packs: string[]) =>
  normBook({
    packs: packs.map((id) => PackFile.parse(json(`./packs/${id}.json`))),
    calendars: ['ru', 'kz'].map((id) => CalendarFile.parse(json(`./calendars/${id}.json`))),
    zone: 'Asia/Almaty',
  })
const at = (text: string) => Date.parse(`2026-02-${text}+05:00`)
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const emergency: Situation = {
  category: 'water-burst',
  priority: 'emergency',
  kind: 'work_request',
  registeredAt: at('10T12:00'),
  acknowledgedAt: at('10T12:30'),
  identifiedAt: null,
  arrivedAt: at('10T13:10'),
  closedAt: null,
  outcome: 'open',
}
const states = (situation: Situation, now: number) =>
  clocksOf(book('domograd'), situation, { pauses: [], bySource: false, now }).map(
    ({ ref, state }) => [ref, state],
  )

test('each clock of an emergency stands for itself: acknowledged at its limit, late on the spot, still to be closed', () => {
  expect(states(emergency, at('10T13:30'))).toEqual([
    ['domograd/two-hours', { kind: 'running', left: 30 * MINUTE }],
    ['domograd/emergency-acknowledged', { kind: 'met', at: at('10T12:30') }],
    ['domograd/emergency-arrived', { kind: 'breached', by: 10 * MINUTE, at: at('10T13:10') }],
  ])
})

test('a step that nobody told is late while the request is open, in time when it was closed in time, and unknown when closed later', () => {
  const untold = { ...emergency, arrivedAt: null }
  const arrived = (situation: Situation) =>
    states(situation, at('10T15:00')).find(([ref]) => ref === 'domograd/emergency-arrived')?.[1]
  expect(arrived(untold)).toEqual({ kind: 'breached', by: 2 * HOUR, at: null })
  const closed = (closedAt: number): Situation => ({ ...untold, closedAt, outcome: 'closed' })
  expect(arrived(closed(at('10T12:50')))).toEqual({ kind: 'met', at: at('10T12:50') })
  expect(arrived(closed(at('10T14:50')))).toEqual({ kind: 'untold' })
  expect(arrived({ ...closed(at('10T14:50')), outcome: 'cancelled' })).toEqual({
    kind: 'not_applicable',
    why: 'ended',
  })
})

test('the net clock leaves out the pauses that the norm allows, once, and no others', () => {
  const pause = (reason: Pause['reason'], start: string, end: string | null): Pause => ({
    reason,
    start: at(start),
    end: end === null ? null : at(end),
  })
  const routine: Situation = {
    ...emergency,
    category: 'power-light',
    priority: 'ordinary',
    closedAt: at('12T12:00'),
    outcome: 'confirmed',
  }
  const pauses = [
    pause('awaiting_supplier', '10T13:00', '10T18:00'),
    pause('awaiting_resident', '11T08:00', '11T12:00'),
    pause('awaiting_resident', '11T10:00', '11T13:00'),
    pause('awaiting_resident', '12T11:00', null),
  ]
  const [closing] = clocksOf(book('domograd'), routine, {
    ...{ pauses, bySource: false },
    now: at('20T00:00'),
  })
  // Two days in all; of them 08:00-13:00 and the last hour waited for the resident.
  expect([closing?.gross, closing?.net]).toEqual([48 * HOUR, 42 * HOUR])
  expect(closing?.state).toEqual({ kind: 'met', at: at('12T12:00') })
})

test('a due time is told step by step, with the days off between', () => {
  const question: Situation = {
    ...emergency,
    category: null,
    priority: 'ordinary',
    kind: 'question',
  }
  // Saturday 7 March: starts on Tuesday 10 March, because Monday stands for the 8th.
  const asked = { ...question, registeredAt: Date.parse('2026-03-07T11:00+05:00') }
  const [appeal] = clocksOf(book('kz'), asked, { pauses: [], bySource: false, now: 0 })
  expect(appeal?.steps).toEqual([
    { kind: 'start', at: asked.registeredAt },
    { kind: 'opening', at: Date.parse('2026-03-10T09:00+05:00') },
    { kind: 'add' },
    // 14, 15, 21, 22, 23, 24, 25, 28, 29 March.
    { kind: 'free', days: 9 },
    { kind: 'due', at: Date.parse('2026-04-03T18:00+05:00') },
  ])
})

test('where the source set the time, the clock of closing is its own', () => {
  const clocks = clocksOf(book('domograd'), emergency, { pauses: [], bySource: true, now: 0 })
  expect(clocks.map(({ ref }) => ref)).toEqual([
    'domograd/emergency-acknowledged',
    'domograd/emergency-arrived',
  ])
})
