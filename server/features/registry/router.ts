import { z } from 'zod'
import { Clocks, RegistryFilter } from '#server/contract/registry-search.ts'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import { procedure, router } from '#server/trpc.ts'
import {
  correctTenure,
  nameRepresentative,
  PhoneCheck,
  Representative,
  TenureCorrection,
  verifyPhone,
} from './acts.ts'
import { buildingRecord, organizationRecord } from './histories.ts'
import { buildingLines, districtLines, organizationLines } from './lists.ts'
import { remembered } from './remembered.ts'
import { changeTenure, TenureChange, TenureQuestion, tenureConsequences } from './tenure-change.ts'
import { territory } from './territory.ts'

const Page = z.object({
  filter: RegistryFilter,
  language: z.enum(LANGUAGES),
  offset: z.number().int().min(0).max(10_000_000),
  limit: z.number().int().min(1).max(200),
})
const pageOf = <T>(lines: readonly T[], { offset, limit }: z.output<typeof Page>) => ({
  total: lines.length,
  rows: lines.slice(offset, offset + limit),
})
const One = z.object({ id: z.string().min(1).max(128), clocks: Clocks })

export const registryRouter = router({
  buildings: procedure
    .input(Page)
    .query(({ ctx, input }) => pageOf(remembered(ctx, 'buildings', input, buildingLines), input)),
  organizations: procedure
    .input(Page)
    .query(({ ctx, input }) =>
      pageOf(remembered(ctx, 'organizations', input, organizationLines), input),
    ),
  districts: procedure
    .input(Page)
    .query(({ ctx, input }) => pageOf(remembered(ctx, 'districts', input, districtLines), input)),
  building: procedure
    .input(One)
    .query(({ ctx, input }) => buildingRecord(ctx, input.id, input.clocks)),
  organization: procedure
    .input(One)
    .query(({ ctx, input }) => organizationRecord(ctx, input.id, input.clocks)),
  territory: procedure
    .input(One.extend({ predecessors: z.boolean().default(false) }))
    .query(({ ctx, input }) => territory(ctx, input)),
  tenureConsequences: procedure
    .input(TenureQuestion)
    .query(({ ctx, input }) => tenureConsequences(ctx, input)),
  changeTenure: procedure
    .input(TenureChange)
    .mutation(({ ctx, input }) => changeTenure(ctx, input)),
  correctTenure: procedure
    .input(TenureCorrection)
    .mutation(({ ctx, input }) => correctTenure(ctx, input)),
  verifyPhone: procedure.input(PhoneCheck).mutation(({ ctx, input }) => verifyPhone(ctx, input)),
  nameRepresentative: procedure
    .input(Representative)
    .mutation(({ ctx, input }) => nameRepresentative(ctx, input)),
})
