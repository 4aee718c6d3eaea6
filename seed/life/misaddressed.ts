import { HOUR, MINUTE } from '../calendar.ts'
import type { Arrival } from '../demand/arrival.ts'
import type { Trade } from '../demand/categories.ts'
import type { Random } from '../random.ts'
import type { Circumstances } from './life.ts'
import { type Step, whole } from './steps.ts'

/** Whom a trouble of a trade belongs to when it is not the house's own. */
const ADDRESSEES: Partial<Record<Trade, string>> = {
  plumbing: 's-water',
  electric: 's-power',
  gas: 's-gas',
  cleaning: 'g-yards',
}
/** Share of which an operator says so before passing them on; the others are just passed on. */
const SAID = 0.75

/** Sent to a company that it does not concern: an operator names the proper addressee and passes it on. */
export function misaddressed(
  steps: Step[],
  { trouble }: Arrival,
  accepted: number,
  { companies }: Circumstances,
  random: Random,
): Step[] {
  const wanted = ADDRESSEES[trouble.trade]
  const addressee =
    companies.find(({ id }) => id === wanted) ?? companies.find(({ kind }) => kind === 'department')
  const at = whole(accepted + random.logNormal(3 * HOUR, 0.8))
  if (addressee && random.chance(SAID))
    steps.push({
      type: 'request.misdirected',
      at: at - random.whole(1, 25) * MINUTE,
      source: '109',
      party: 'operator',
      body: { addressee: addressee.id },
    })
  steps.push({
    type: 'request.forwarded',
    at,
    source: '109',
    party: 'operator',
    body: { body: addressee?.name ?? 'Управление жилищного хозяйства' },
  })
  return steps
}
