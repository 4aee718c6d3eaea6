import { cityTime } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useLive } from '#web/live.ts'
import type { Day } from './answers.ts'
import type { Scope } from './scope.ts'

/** The day with the newest count of the whole city over the last answer, as the overview has it; the inflow of yesterday is not touched by it. */
export function useDay(day: Day | undefined, { district, category }: Scope): Day | undefined {
  const format = useFormat()
  const frame = useLive((live) => live.frame)
  if (!day || district.length + category.length > 0) return day
  if (!frame || frame.at < day.now || cityTime(frame.at, format.zone).day !== day.today) return day
  return { ...day, inflow: { ...day.inflow, total: frame.registeredToday } }
}
