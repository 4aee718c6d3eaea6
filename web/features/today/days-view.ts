import { niceStep } from '#web/lib/scale.ts'
import type { Day, Ready } from './answers.ts'

type Interval = readonly [lower: number, upper: number]

export interface DayBar {
  day: number
  /** What came; on a day ahead 0. */
  came: number
  told: { value: number; of80: Interval | null; of95: Interval | null } | null
  holiday: boolean
}

export interface DaysView {
  bars: DayBar[]
  step: number
  max: number
}

const LINES = 3

/** Past days, today with what is expected by midnight, and the days ahead. */
export function daysView({ past, days }: Pick<Ready, 'past' | 'days'>, today: Day): DaysView {
  const { total, usual } = today.inflow
  const [atMidnight, ...ahead] = days
  const reach = (interval: Interval): Interval => [total + interval[0], total + interval[1]]
  const bars: DayBar[] = [
    ...past.map(({ day, requests, holiday }) => ({
      day,
      came: requests,
      told: null,
      holiday: holiday !== null,
    })),
    {
      day: today.today,
      came: total,
      told: usual
        ? {
            value: total + usual.forecast.rest,
            of80: reach(usual.forecast.interval),
            of95: reach(usual.forecast.interval95),
          }
        : atMidnight
          ? { value: atMidnight.value, of80: atMidnight.of80, of95: atMidnight.of95 }
          : null,
      holiday: today.holiday !== null,
    },
    ...ahead.map(({ day, value, of80, of95, holiday }) => ({
      day,
      came: 0,
      told: { value, of80, of95 },
      holiday: holiday !== null,
    })),
  ]
  const tallest = Math.max(
    LINES,
    ...bars.map(({ came, told }) => Math.max(came, told?.of95?.[1] ?? told?.value ?? 0)),
  )
  const step = niceStep(tallest, LINES)
  return { bars, step, max: step * LINES }
}
