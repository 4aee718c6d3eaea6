import { z } from 'zod'
import { BuildingOrder, BuildingsFilter } from '#server/contract/buildings.ts'
import { named } from '#server/contract/measures/named.ts'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import { judgeBuildings } from '#server/judgement/buildings.ts'
import { procedure, router } from '#server/trpc.ts'
import { buildingRows, buildingsWithin } from './list.ts'
import { buildingById } from './one.ts'

const Page = z.object({
  filter: BuildingsFilter,
  order: BuildingOrder,
  language: z.enum(LANGUAGES),
  offset: z.number().int().min(0).max(10_000_000),
  limit: z.number().int().min(1).max(200),
})

export const buildingsRouter = router({
  page: procedure.input(Page).query(async ({ ctx, input }) => {
    const rows = await buildingRows(ctx, input)
    return {
      total: rows.length,
      rows: rows
        .slice(input.offset, input.offset + input.limit)
        .map(({ building: _, ...row }) => row),
    }
  }),
  summary: procedure.input(BuildingsFilter).query(async ({ ctx, input }) => {
    const rows = await buildingsWithin(ctx, input)
    const sum = (count: (row: (typeof rows)[number]) => number) =>
      rows.reduce((total, row) => total + count(row), 0)
    const { from, to, of, quiet } = await judgeBuildings(ctx)
    return {
      measures: named('open', 'overdue'),
      buildings: rows.length,
      withOpen: rows.filter((row) => row.open > 0).length,
      withOverdue: rows.filter((row) => row.overdue > 0).length,
      open: sum((row) => row.open),
      overdue: sum((row) => row.overdue),
      nobody: rows.filter((row) => row.answersNow === null).length,
      /** Of the whole city, those of which something can be expected: their size is known. */
      sized: of.size,
      heavy: rows.filter((row) => row.heavy).length,
      silent: rows.filter((row) => row.silent).length,
      quiet: quiet.flatMap(({ district, propensity }) => {
        const found = ctx.registry.district(district)
        return found ? [{ name: found.name, propensity }] : []
      }),
      /** Local days of what is counted by the year, half-open. */
      year: { from, to },
    }
  }),
  one: procedure
    .input(z.object({ building: z.string().min(1).max(128) }))
    .query(({ ctx, input }) => buildingById(ctx, input.building)),
})
