import { dayOf, HOUR, SECOND, startOf, weekdayOf } from '../calendar.ts'
import { castCompany } from './cast.ts'
import type { Story } from './story.ts'

const SHARE = 0.85
const TUESDAY = 1
const FRIDAY = 4
const EVENING = 17.5 * HOUR

/** One company enters its closings on two evenings a week, all within some minutes. */
export function burstCloser(): Story {
  const planted: object[] = []
  return {
    name: 'burstCloser',
    characters(companies, random) {
      const company = castCompany(companies, { part: this.name, from: 20, to: 60 }, random)
      if (!company) return
      company.habit = {
        closing({ trouble }, closed, random) {
          if (trouble.aroundTheClock || !random.chance(SHARE)) return closed
          let day = dayOf(closed)
          const evening = () => startOf(day) + EVENING
          while (closed >= evening() || (weekdayOf(day) !== TUESDAY && weekdayOf(day) !== FRIDAY))
            day++
          return evening() + random.whole(0, 420) * SECOND
        },
      }
      planted.push({
        organization: company.id,
        name: company.name,
        share: SHARE,
        weekdays: ['tuesday', 'friday'],
        localTime: '17:30',
        seconds: 420,
      })
    },
    truth: () => planted,
  }
}
