import { PLAIN } from '#server/stats/casemix.ts'
import type { Context } from '#server/trpc.ts'

/** The same house judged by every stratum's own rate, which can be counted by hand: nothing borrowed, nobody left out. */
export function plainly<C extends Pick<Context, 'judging'>>(context: C): C {
  const { policies } = context.judging
  const of = (from: string) => {
    const { policy, inForce } = policies.of(from)
    return { policy: { ...policy, casemix: PLAIN, hash: `${policy.hash} plain` }, inForce }
  }
  return { ...context, judging: { ...context.judging, policies: { ...policies, of } } }
}
