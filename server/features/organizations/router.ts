import { z } from 'zod'
import { Filter } from '#server/contract/filter.ts'
import { EVALUATED } from '#server/contract/flags.ts'
import { JUDGED } from '#server/contract/measures/shape.ts'
import { MOST_SELECTED, UNIT_KINDS } from '#server/contract/organizations.ts'
import { type Context, procedure, router } from '#server/trpc.ts'
import { breakdown } from './breakdown.ts'
import { comparison } from './compare.ts'
import { waitingOf } from './curves.ts'
import { heaviestBuildings, mixOf } from './mix.ts'
import { months } from './months.ts'
import { onTimeOf } from './on-time.ts'
import { outcomesOf } from './outcomes.ts'
import { profile } from './profile.ts'
import { shares } from './shares.ts'
import { sideBySide } from './side-by-side.ts'
import { stagesOf } from './stages.ts'
import { unitIdOf } from './unit.ts'
import { categoryWaits, resolutions, responses } from './waits.ts'
import { weeklyOf } from './weekly.ts'

const unit = z.enum(UNIT_KINDS).default('organization')
const id = z.string().min(1).max(128)
const Units = z.object({ unit, filter: Filter })
/** Of an organization the unit is left out: a contractor is judged by what was assigned to it. */
const One = z.object({ unit: z.enum(UNIT_KINDS).optional(), id, filter: Filter })
const clock = z.enum(['response', 'resolution'])

const asked = <T extends z.infer<typeof One>>(context: Context, { unit, ...input }: T) => ({
  ...input,
  unit: unit ?? unitIdOf(context, input.id).unit,
})

export const organizationsRouter = router({
  /** The funnel and the adjusted column: every unit against the city on its own mix. */
  comparison: procedure
    .input(Units.extend({ measure: z.enum(EVALUATED) }))
    .query(({ ctx, input }) => comparison(ctx, input.measure, input.filter, input.unit)),
  shares: procedure.input(Units).query(({ ctx, input }) => shares(ctx, input.filter, input.unit)),
  responses: procedure
    .input(Units)
    .query(({ ctx, input }) => responses(ctx, input.filter, input.unit)),
  resolutions: procedure
    .input(Units)
    .query(({ ctx, input }) => resolutions(ctx, input.filter, input.unit)),
  categories: procedure.input(Filter).query(({ ctx, input }) => categoryWaits(ctx, input)),
  sideBySide: procedure
    .input(Units.extend({ ids: z.array(id).min(1).max(MOST_SELECTED), clock }))
    .query(({ ctx, input }) => sideBySide(ctx, input)),
  profile: procedure.input(One).query(({ ctx, input }) => profile(ctx, asked(ctx, input))),
  waiting: procedure
    .input(One.extend({ clock, norm: z.number().int().min(0).max(10_000_000).optional() }))
    .query(({ ctx, input }) => waitingOf(ctx, input.clock, asked(ctx, input))),
  outcomes: procedure.input(One).query(({ ctx, input }) => outcomesOf(ctx, asked(ctx, input))),
  onTime: procedure.input(One).query(({ ctx, input }) => onTimeOf(ctx, asked(ctx, input))),
  stages: procedure.input(One).query(({ ctx, input }) => stagesOf(ctx, asked(ctx, input))),
  breakdown: procedure
    .input(One.extend({ by: z.enum(['channel', 'contractor', 'organization', 'district']) }))
    .query(({ ctx, input }) => breakdown(ctx, input.by, asked(ctx, input))),
  months: procedure.input(One).query(({ ctx, input }) => months(ctx, asked(ctx, input))),
  /** How it moves between the months, and when it was warned of; of the judged year, whatever the page is narrowed to. */
  weekly: procedure.input(One).query(({ ctx, input }) => weeklyOf(ctx, asked(ctx, input))),
  mix: procedure
    .input(One.extend({ measure: z.enum(JUDGED) }))
    .query(({ ctx, input }) => mixOf(ctx, input.measure, asked(ctx, input))),
  buildings: procedure
    .input(One.extend({ measure: z.enum(JUDGED) }))
    .query(({ ctx, input }) => heaviestBuildings(ctx, input.measure, asked(ctx, input))),
})
