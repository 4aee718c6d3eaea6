import { api } from '#web/api.ts'

/** The live feed asks anew when something happens; this is for when nothing does. Errors do not stop it. */
const EACH = { refetchInterval: 20_000, retry: false } as const

/** What each scene asks, of the whole city or of a district. */
export const wallQuestions = (district: string | null) => {
  const asked = district === null ? undefined : { district }
  return {
    city: api.wall.city.queryOptions(asked, EACH),
    map: api.wall.map.queryOptions(asked, EACH),
    organizations: api.wall.organizations.queryOptions(asked, EACH),
    outages: api.wall.outages.queryOptions(asked, EACH),
    today: api.wall.today.queryOptions(asked, EACH),
  }
}
