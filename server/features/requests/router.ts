import { z } from 'zod'
import { Filter } from '#server/contract/filter.ts'
import { named } from '#server/contract/measures/named.ts'
import { RequestOrder } from '#server/contract/requests.ts'
import { LANGUAGES, type Words } from '#server/contract/vocabulary.ts'
import { minuteOf } from '#server/store/within.ts'
import { procedure, router } from '#server/trpc.ts'
import { join, split } from './belonging.ts'
import { requestByNumber } from './one.ts'
import { pageOf, summaryOf } from './page.ts'

const PAGE_ROWS = 200
const number = z.string().min(1).max(128)

const Page = z.object({
  filter: Filter,
  order: RequestOrder,
  /** Names are ordered as this language orders them. */
  language: z.enum(LANGUAGES),
  offset: z.number().int().min(0).max(1_000_000_000),
  limit: z.number().int().min(1).max(PAGE_ROWS),
})

export const requestsRouter = router({
  summary: procedure.input(Filter).query(async ({ ctx, input }) => ({
    ...(await summaryOf(ctx, input)),
    measures: named('registered', 'incidents', 'open', 'overdue', 'marked'),
    now: minuteOf(ctx.now()),
  })),
  page: procedure.input(Page).query(async ({ ctx, input }) => ({
    rows: await pageOf(ctx, input),
    now: minuteOf(ctx.now()),
  })),
  one: procedure
    .input(z.object({ number, known: z.number().int().optional() }))
    .query(({ ctx, input }) => requestByNumber(ctx, input.number, input.known)),
  join: procedure
    .input(z.object({ number, to: number }))
    .mutation(({ ctx, input }) => join(ctx, input.number, input.to)),
  split: procedure
    .input(z.object({ number }))
    .mutation(({ ctx, input }) => split(ctx, input.number)),
  /** Names of what a filter holds, for its chips. */
  named: procedure.input(Filter).query(({ ctx, input }) => {
    const { registry } = ctx
    const named = <T>(ids: readonly string[], find: (id: string) => T | undefined) =>
      Object.fromEntries(ids.map((id) => [id, find(id) ?? null]))
    return {
      district: named(input.district, (id) => registry.districtById(id)?.name),
      organization: named(input.organization, (id) => registry.organizationById(id)?.name),
      about: named(input.about, (id) => registry.organizationById(id)?.name),
      contractor: named(input.contractor, (id) => registry.organizationById(id)?.name),
      building: named(input.building, (id) => registry.buildingById(id)?.address),
      category: named(input.category, (id) => registry.categoryById(id)?.name),
      norm: named(input.norm, (ref) => ctx.norms.find(ref)?.norm.name),
    }
  }),
  /** What can be chosen in the panel of the filter. */
  choices: procedure.query(({ ctx }) => {
    const { registry } = ctx
    const words = (items: Iterable<{ id: string; name: Words }>) =>
      Array.from(items, ({ id, name }) => ({ id, name }))
    return {
      district: words(registry.districts()),
      category: words(registry.categories()),
      organization: Array.from(registry.organizations(), ({ id, name }) => ({ id, name })),
      source: [...ctx.board.sources().keys()].toSorted(),
    }
  }),
})
