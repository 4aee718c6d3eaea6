import { readFileSync } from 'node:fs'
import { CalendarFile } from '#server/domain/norm/calendar-file.ts'
import { workingTime } from '#server/domain/norm/working-time.ts'
import type { Figure } from './measure.ts'

const EVALUATIONS = 2_000_000
const FROM = Date.UTC(2024, 0, 1)
const SPAN = 3 * 365 * 86_400_000

/** Working time between two instants of three years, and the instant at which a length of it has passed. */
export function clockFigures(): Figure[] {
  const file = new URL('../../server/domain/norm/calendars/ru.json', import.meta.url)
  const calendar = CalendarFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  const working = workingTime(calendar, 'Europe/Moscow')
  const instant = (step: number) => FROM + ((step * 7_919_777_777) % SPAN)
  const rate = (evaluate: (step: number) => number) => {
    let sum = 0
    const startedAt = performance.now()
    for (let step = 0; step < EVALUATIONS; step++) sum += evaluate(step)
    if (!Number.isFinite(sum)) throw new Error('a clock without an end')
    return EVALUATIONS / ((performance.now() - startedAt) / 1000)
  }
  const figure = (what: string, measured: number): Figure => ({
    what,
    size: `${EVALUATIONS.toLocaleString('en')} evaluations`,
    measured: `${(measured / 1e6).toFixed(1)} M/s`,
    target: 'at least 1 M/s',
    holds: measured >= 1e6,
  })
  return [
    figure(
      'working time between two instants',
      rate((step) => working.between(instant(step), instant(step + 1))),
    ),
    figure(
      'the instant at which working time has passed',
      rate((step) => working.after(instant(step), (step % 4800) * 60_000)),
    ),
  ]
}
