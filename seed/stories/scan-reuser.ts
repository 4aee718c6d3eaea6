import { castCompany } from './cast.ts'
import type { Story } from './story.ts'

const SHARE = 0.6
const SCANS = ['scan-5ce1a001', 'scan-5ce1a002', 'scan-5ce1a003', 'scan-5ce1a004']

/** One company proves most of its works with the same four documents. */
export function scanReuser(): Story {
  const planted: object[] = []
  return {
    name: 'scanReuser',
    characters(companies, random) {
      const company = castCompany(companies, { part: this.name, from: 20, to: 60 }, random)
      if (!company) return
      company.habit = {
        scan: (_, random) => (random.chance(SHARE) ? random.pick(SCANS) : undefined),
      }
      planted.push({ organization: company.id, name: company.name, scans: SCANS })
    },
    truth: () => planted,
  }
}
