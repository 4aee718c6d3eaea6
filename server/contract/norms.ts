/** What a clock may start from. Those after `identified` are told by no event of a request. */
export const NORM_STARTS = [
  'registered',
  'acknowledged',
  'identified',
  'accident',
  'detected',
  'interrupted',
  'called',
] as const
export type NormStart = (typeof NORM_STARTS)[number]

/** What stops a clock. Most after `answered` are told by no event of a request. `arrived`: on the spot, or the accident localised. */
export const NORM_ENDS = [
  'acknowledged',
  'arrived',
  'closed',
  'answered',
  'call_answered',
  'called_back',
  'quality_checked',
  'informed',
  'restored',
  'redirected',
  'stage_registered',
] as const
export type NormEnd = (typeof NORM_ENDS)[number]

const TOLD_STARTS: readonly NormStart[] = ['registered', 'acknowledged', 'identified', 'accident']
const TOLD_ENDS: readonly NormEnd[] = [
  'acknowledged',
  'arrived',
  'closed',
  'answered',
  'redirected',
]
/** A norm of calls or of outages, of which no event of a request tells anything, is no clock of requests. */
export const isOfRequests = ({ start, end }: { start: NormStart; end: NormEnd }): boolean =>
  TOLD_STARTS.includes(start) || TOLD_ENDS.includes(end)

/** A norm with one of these ends gives a request its due time. */
export const CLOSING_ENDS: readonly NormEnd[] = ['closed', 'answered']

export const NORM_PAUSES = ['deferred', 'awaiting_resident', 'awaiting_supplier'] as const
export type NormPause = (typeof NORM_PAUSES)[number]
