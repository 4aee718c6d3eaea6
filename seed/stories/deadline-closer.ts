import { HOUR, MINUTE } from '../calendar.ts'
import { whole } from '../life/steps.ts'
import { castCompany } from './cast.ts'
import type { Story } from './story.ts'

const SHARE = 0.5

/** One company closes half of what is done in time only in the last minutes before the deadline. */
export function deadlineCloser(): Story {
  const planted: object[] = []
  return {
    name: 'deadlineCloser',
    characters(companies, random) {
      const company = castCompany(companies, { part: this.name, from: 20, to: 60 }, random)
      if (!company) return
      company.habit = {
        closing({ trouble, at }, closed, random) {
          const due = at + trouble.normHours * HOUR
          const late = whole(due - random.between(1, 24) * MINUTE)
          const fits = !trouble.aroundTheClock && closed < late && trouble.normHours <= 7 * 24
          return fits && random.chance(SHARE) ? late : closed
        },
      }
      planted.push({ organization: company.id, name: company.name, share: SHARE, minutes: 24 })
    },
    truth: () => planted,
  }
}
