import type { Story, Town } from './story.ts'

/** Residents of one district rarely call, although as much breaks there: only emergencies are told as everywhere. */
export function silentDistrict({ place }: Town): Story {
  const quietest = place.plan.districts.reduce((least, one) =>
    one.propensity < least.propensity ? one : least,
  )
  return {
    name: 'silentDistrict',
    truth: () => ({ district: quietest.id, propensity: quietest.propensity }),
  }
}
