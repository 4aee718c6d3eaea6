import { dayOf, HOUR, SECOND, startOf, weekdayOf } from '../calendar.ts'
import { castCompany } from './cast.ts'
import type { Story } from './story.ts'

const SHARE = 0.85
const CARELESS = 0.1
const SATURDAY = 5
const EVENING = 17.5 * HOUR

/** One company enters its closings on working evenings, all within some minutes. */
export function burstCloser(): Story {
  const planted: object[] = []
  return {
    name: 'burstCloser',
    characters(companies, random) {
      const company = castCompany(companies, { part: this.name, from: 20, to: 60 }, random)
      if (!company) return
      company.habit = {
        closing({ trouble, at }, closed, random) {
          if (trouble.aroundTheClock || !random.chance(SHARE)) return closed
          let day = dayOf(closed)
          const evening = () => startOf(day) + EVENING
          const due = at + trouble.normHours * HOUR
          while (closed >= evening() || weekdayOf(day) >= SATURDAY) day++
          // What would be late is entered at once, as a rule.
          if (evening() > due && closed <= due && !random.chance(CARELESS)) return closed
          return evening() + random.whole(0, 420) * SECOND
        },
      }
      planted.push({
        organization: company.id,
        name: company.name,
        share: SHARE,
        weekdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
        localTime: '17:30',
        seconds: 420,
      })
    },
    truth: () => planted,
  }
}
