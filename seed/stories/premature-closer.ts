import { MINUTE } from '../calendar.ts'
import { castCompany } from './cast.ts'
import type { Story } from './story.ts'

const SHARE = 0.35

/** One company declares a third of its ordinary works done within the hour, and nobody came. Residents notice. */
export function prematureCloser(): Story {
  const planted: object[] = []
  return {
    name: 'prematureCloser',
    characters(companies, random) {
      const company = castCompany(companies, { part: this.name, from: 20, to: 60 }, random)
      if (!company) return
      company.habit = {
        sham: ({ trouble }, accepted, random) =>
          !trouble.aroundTheClock && trouble.normHours >= 24 && random.chance(SHARE)
            ? accepted + random.between(6, 45) * MINUTE
            : undefined,
      }
      planted.push({ organization: company.id, name: company.name, share: SHARE })
    },
    truth: () => planted,
  }
}
