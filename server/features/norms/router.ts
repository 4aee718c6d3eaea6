import { z } from 'zod'
import { procedure, router } from '#server/trpc.ts'
import { calendarYear } from './calendar.ts'
import { normsOf } from './norms.ts'

export const normsRouter = router({
  list: procedure.query(({ ctx }) => normsOf(ctx)),
  calendar: procedure
    .input(z.object({ year: z.number().int().min(2000).max(2050) }))
    .query(({ ctx, input }) => calendarYear(ctx, input.year)),
})
