import { z } from 'zod'
import { ScreenSetting } from '#server/contract/screens.ts'
import { mustBeImpersonal } from '#server/impersonal.ts'
import type { Screen } from '#server/screens/screens.ts'
import { type Context, procedure, Refusal, router } from '#server/trpc.ts'

const id = z.string().min(1).max(64)
const called = z.object({ name: z.string().trim().min(1).max(80), setting: ScreenSetting })
/** A screen that said nothing for so long, since it was let in or last heard, is not there. */
const AWAY_MS = 60_000

/** A screen of a district that does not exist would show nothing for ever; its name is read by everybody. */
function existing<C extends { name: string; setting: ScreenSetting }>(
  { registry }: Context,
  asked: C,
): C {
  mustBeImpersonal(asked.name, 'name of the screen')
  const { district } = asked.setting
  if (district !== null && !registry.districtById(district))
    throw new Refusal('BAD_REQUEST', `no district "${district}" is registered; choose another`)
  return asked
}

const known = (screen: Screen | null): Screen => {
  if (screen) return screen
  throw new Refusal('NOT_FOUND', 'there is no such screen; look at the list again')
}

function waiting(milliseconds: number) {
  const seconds = Math.ceil(milliseconds / 1000)
  return new Refusal(
    'TOO_MANY_REQUESTS',
    `too many wrong codes from this address; the code is looked at again in ${seconds} seconds, or at once from another computer`,
    { why: 'wait', seconds },
  )
}

export const screensRouter = router({
  roster: procedure.query(({ ctx }) =>
    ctx.screens.roster().map((screen) => ({
      ...screen,
      away: ctx.now() - (screen.seenAt ?? screen.approvedAt) > AWAY_MS,
    })),
  ),
  approve: procedure
    .input(called.extend({ code: z.string().regex(/^\d{6}$/, 'a code is six digits') }))
    .mutation(({ ctx, input: { code, ...rest } }) => {
      const asked = ctx.screens.approve(code, existing(ctx, rest), ctx.sender ?? 'unknown')
      if (asked.state === 'approved') return asked.screen
      if (asked.state === 'wait') throw waiting(asked.milliseconds)
      throw new Refusal(
        'NOT_FOUND',
        'no screen shows this code; look at it again: a code is new every ten minutes',
      )
    }),
  change: procedure
    .input(called.extend({ id }))
    .mutation(({ ctx, input: { id, ...rest } }) =>
      known(ctx.screens.change(id, existing(ctx, rest))),
    ),
  revoke: procedure
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => known(ctx.screens.revoke(input.id))),
})
