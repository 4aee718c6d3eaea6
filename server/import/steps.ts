/** What a source may tell about a request beside its registration: `request.<word>` with a time. */
export const STEPS = [
  'routed',
  'acknowledged',
  'assigned',
  'work_order_issued',
  'arrived',
  'localised',
  'started',
  'deferred',
  'awaiting_resident',
  'awaiting_supplier',
  'work_done',
  'returned_for_rework',
  'verified',
  'awaiting_confirmation',
  'rejected_by_resident',
  'reopened',
  'confirmed',
  'closed_no_response',
  'closed',
  'refused',
  'cancelled',
  'marked_duplicate',
  'forwarded',
] as const
export type Step = (typeof STEPS)[number]
export const ENDINGS: readonly Step[] = STEPS.slice(STEPS.indexOf('confirmed'))
