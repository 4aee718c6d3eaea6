import { DOERS } from '#server/contract/vocabulary.ts'
import { isCompany } from '#server/domain/doers.ts'
import { hash32 } from '#server/domain/hash.ts'
import type { LocalTime } from '#server/domain/local-time.ts'
import type { RequestState } from '#server/domain/request-state.ts'
import type { RequestRow } from './schema.ts'

const INT32 = 2 ** 31 - 1

type Closing = Pick<
  RequestRow,
  | 'closed_by'
  | 'first_closed_by'
  | 'first_closed_minute'
  | 'first_closed_heard_s'
  | 'account'
  | 'dropped_at'
>

/** Who closed it, when of the day, and how long after we heard. `timed` = the source says when it closed. */
export function closingOf(
  state: RequestState,
  timed: boolean,
  local: (instant: number) => LocalTime,
): Closing {
  const { firstClosedAt, firstCloser } = state
  const time = timed && firstClosedAt !== null ? local(firstClosedAt) : null
  const heard = firstCloser ? Math.round(firstCloser.heardAfter / 1000) : 0
  return {
    closed_by: state.closedBy === null ? null : DOERS.indexOf(state.closedBy),
    first_closed_by: firstCloser === null ? null : DOERS.indexOf(firstCloser.by),
    first_closed_minute: time === null ? null : time.hour * 60 + time.minute,
    first_closed_heard_s: time && firstCloser ? Math.max(-INT32, Math.min(INT32, heard)) : null,
    account: firstCloser?.account ? bitsOf(firstCloser.account) : null,
    dropped_at: droppedAt(state),
  }
}

/** When who answered for it let go of it: cancelled it themselves, or handed it to another. */
function droppedAt({ outcome, closedAt, closedBy, handedOverAt }: RequestState): number | null {
  const cancelled = outcome === 'cancelled' && closedBy !== null && isCompany(closedBy)
  return handedOverAt ?? (cancelled ? closedAt : null)
}

/** 31 bits of a text, never 0: enough to tell the people of one building, or the accounts of one organization, apart. */
export function bitsOf(text: string): number {
  return (hash32(text) >>> 1) | 1
}
