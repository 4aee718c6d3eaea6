import type { Evidence, RecipientDraft, RuleDraft } from '#server/contract/notices.ts'

/** What a person wants to be told of. */
export interface Rule extends RuleDraft {
  id: string
  paused: boolean
  /** Shown and not sent until then; null = not muted. */
  mutedUntil: number | null
  /** Who changed it last, and when. */
  changedBy: string
  changedAt: number
}

export interface Recipient extends RecipientDraft {
  id: string
}

/** What a rule sees of one subject: the city, a district, a source, a request … */
export interface Observation {
  /** The same for the same thing at every look. */
  subject: string
  /** null = not known now; what stood goes on standing. */
  value: number | null
  evidence: Evidence
}

/** Something that fired: from the first telling until it is over. */
export interface Notice {
  id: string
  rule: string
  subject: string
  evidence: Evidence
  /** The highest value so far. */
  peak: number
  firedAt: number
  overAt: number | null
  acknowledged: { by: string; at: number } | null
}
