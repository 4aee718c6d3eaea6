import { z } from 'zod'
import { DESK_QUEUES } from '#server/contract/desk.ts'
import { KINDS } from '#server/contract/vocabulary.ts'
import { procedure, router } from '#server/trpc.ts'
import {
  confirmAddressee,
  confirmIdentity,
  declineIdentity,
  passOn,
  resolveAddress,
  takeComplaint,
} from './acts.ts'
import { deskCounts, deskQueue, deskRates } from './desk.ts'

const id = z.string().min(1).max(128)
const number = z.object({ number: id })

export const intakeRouter = router({
  counts: procedure.query(({ ctx }) => deskCounts(ctx)),
  queue: procedure
    .input(z.object({ queue: z.enum(DESK_QUEUES) }))
    .query(({ ctx, input }) => deskQueue(ctx, input.queue)),
  rates: procedure.query(({ ctx }) => deskRates(ctx)),
  resolveAddress: procedure
    .input(number.extend({ building: id }))
    .mutation(({ ctx, input }) => resolveAddress(ctx, input.number, input.building)),
  confirmIdentity: procedure
    .input(number.extend({ kind: z.enum(KINDS).exclude(['message']) }))
    .mutation(({ ctx, input }) => confirmIdentity(ctx, input.number, input.kind)),
  declineIdentity: procedure
    .input(number)
    .mutation(({ ctx, input }) => declineIdentity(ctx, input.number)),
  passOn: procedure
    .input(number.extend({ organization: id }))
    .mutation(({ ctx, input }) => passOn(ctx, input.number, input.organization)),
  confirmAddressee: procedure
    .input(number)
    .mutation(({ ctx, input }) => confirmAddressee(ctx, input.number)),
  takeComplaint: procedure
    .input(number)
    .mutation(({ ctx, input }) => takeComplaint(ctx, input.number)),
})
