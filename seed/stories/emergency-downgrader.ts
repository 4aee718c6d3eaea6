import { castCompany } from './cast.ts'
import type { Story } from './story.ts'

const SHARE = 0.45

/** One company calls nearly half of its emergencies ordinary, minutes after it accepted them, and takes its time. */
export function emergencyDowngrader(end: number): Story {
  const planted: { organization: string; name: string; share: number; requests: string[] }[] = []
  return {
    name: 'emergencyDowngrader',
    characters(companies, random) {
      const company = castCompany(companies, { part: this.name, from: 20, to: 60 }, random)
      if (!company) return
      company.habit = { downgrades: (_, random) => random.chance(SHARE) }
      planted.push({
        organization: company.id,
        name: company.name,
        share: SHARE,
        requests: [],
      })
    },
    retell(deliveries, { number }) {
      if (
        deliveries.some(({ at, event }) => event.type === 'request.priority_changed' && at <= end)
      )
        planted[0]?.requests.push(number)
      return deliveries
    },
    truth: () => planted,
  }
}
