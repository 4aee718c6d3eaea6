import { type Context, procedure, router } from '#server/trpc.ts'
import { type AskFreshness, type AskOverview, wallCity } from './city.ts'
import { type AskDeviation, wallMap } from './map.ts'
import { wallOrganizations } from './organizations.ts'
import { type AskOutages, wallOutages } from './outages.ts'
import { idsOf, placeOf } from './place.ts'
import {
  WallAsked,
  WallCity,
  WallMap,
  WallOrganizations,
  WallOutages,
  WallToday,
} from './schema.ts'
import { type AskToday, wallToday } from './today.ts'

interface Sources {
  overview: AskOverview
  freshness: AskFreshness
  deviation: AskDeviation
  outages: AskOutages
  today: AskToday
  emergenciesKnown: (context: Context, scope: { district: readonly string[] }) => Promise<boolean>
}

/** What a screen on a wall may ask. It is given the answers of the pages, so that its numbers are theirs. */
export const createWallRouter = (sources: Sources) => {
  const asked = procedure.input(WallAsked)
  return router({
    city: asked
      .output(WallCity)
      .query(({ ctx, input }) => wallCity(ctx, sources, placeOf(ctx, input.district))),
    map: asked
      .output(WallMap)
      .query(({ ctx, input }) => wallMap(ctx, sources, placeOf(ctx, input.district))),
    outages: asked.output(WallOutages).query(async ({ ctx, input }) => {
      const place = placeOf(ctx, input.district)
      const known = await sources.emergenciesKnown(ctx, { district: idsOf(place) })
      return wallOutages(ctx, sources.outages(ctx), place, known)
    }),
    organizations: asked
      .output(WallOrganizations)
      .query(({ ctx, input }) => wallOrganizations(ctx, placeOf(ctx, input.district))),
    today: asked
      .output(WallToday)
      .query(({ ctx, input }) => wallToday(ctx, sources, placeOf(ctx, input.district))),
  })
}
