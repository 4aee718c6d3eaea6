import { procedure, router } from '#server/trpc.ts'
import { type AskFreshness, type AskOverview, wallCity } from './city.ts'
import { type AskDeviation, wallMap } from './map.ts'
import { wallOrganizations } from './organizations.ts'
import { type AskOutages, wallOutages } from './outages.ts'
import { WallCity, WallMap, WallOrganizations, WallOutages } from './schema.ts'

interface Sources {
  overview: AskOverview
  freshness: AskFreshness
  deviation: AskDeviation
  outages: AskOutages
}

/** What a screen on a wall may ask. It is given the answers of the pages, so that its numbers are theirs. */
export const createWallRouter = (sources: Sources) =>
  router({
    city: procedure.output(WallCity).query(({ ctx }) => wallCity(ctx, sources)),
    map: procedure.output(WallMap).query(({ ctx }) => wallMap(ctx, sources)),
    outages: procedure
      .output(WallOutages)
      .query(({ ctx }) => wallOutages(ctx, sources.outages(ctx))),
    organizations: procedure.output(WallOrganizations).query(({ ctx }) => wallOrganizations(ctx)),
  })
