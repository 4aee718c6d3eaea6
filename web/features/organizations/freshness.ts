/**
 * How long answers of this page hold. What is judged stands still since the last midnight, so an event does not change it;
 * what is watched until now grows by the minute. Neither is asked anew at each live frame.
 */
const quiet = { meta: { live: false } } as const
export const JUDGED_ONCE = { ...quiet, staleTime: 600_000, refetchInterval: 600_000 } as const
export const WATCHED = { ...quiet, staleTime: 60_000, refetchInterval: 60_000 } as const
