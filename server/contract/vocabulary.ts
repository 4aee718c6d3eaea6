// The position of a word in its list is the integer stored in the facts: append, never reorder.

export const CHANNELS = [
  'unknown',
  'phone',
  'web',
  'app',
  'front_office',
  'messenger',
  'sms',
  'email',
  'social_network',
  'emergency_dispatch',
  'paper',
  'staff',
] as const
export type Channel = (typeof CHANNELS)[number]

export const PRIORITIES = ['ordinary', 'urgent', 'emergency'] as const
export type Priority = (typeof PRIORITIES)[number]

export const KINDS = [
  'work_request',
  'complaint',
  'question',
  'proposal',
  'consultation',
  'message',
] as const
export type Kind = (typeof KINDS)[number]

export const ORGANIZATION_KINDS = [
  'unknown',
  'uk',
  'tszh',
  'zhsk',
  'osi',
  'ksk',
  'pt',
  'contractor',
  'supplier',
  'dispatch',
  'department',
  'inspectorate',
] as const
export type OrganizationKind = (typeof ORGANIZATION_KINDS)[number]

/** What complaints of a category are about: whoever manages the house, or the house. */
export const CATEGORY_ABOUT = ['company', 'house'] as const
export type CategoryAbout = (typeof CATEGORY_ABOUT)[number]

export const PHONE_PURPOSES = ['dispatch', 'emergency', 'office'] as const
export type PhonePurpose = (typeof PHONE_PURPOSES)[number]

export const REPRESENTATIVE_ROLES = ['chair', 'council', 'elder', 'active_resident'] as const
export type RepresentativeRole = (typeof REPRESENTATIVE_ROLES)[number]

/** What a network brings into a house. */
export const RESOURCES = [
  'heating',
  'hot_water',
  'cold_water',
  'sewerage',
  'electricity',
  'gas',
  'lift',
] as const
export type Resource = (typeof RESOURCES)[number]

export const INSPECTION_FINDINGS = ['no_violation', 'caution', 'prescription', 'protocol'] as const

/** What a request is doing now. Everything from `confirmed` on is closed. */
export const STATES = [
  'registered',
  'routed',
  'acknowledged',
  'assigned',
  'arrived',
  'in_progress',
  'deferred',
  'awaiting_resident',
  'awaiting_supplier',
  'work_done',
  'returned_for_rework',
  'verified',
  'awaiting_confirmation',
  'reopened',
  'confirmed',
  'closed_no_response',
  'closed',
  'refused',
  'cancelled',
  'duplicate',
  'forwarded',
] as const
export type State = (typeof STATES)[number]

/** How a request ended: four different things and three competing ones. `open` is zero. `closed` says only that the source closed it. */
export const OUTCOMES = [
  'open',
  'confirmed',
  'closed_no_response',
  'closed',
  'refused',
  'cancelled',
  'duplicate',
  'forwarded',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Why an organization's spell of responsibility ended. */
export const SPELL_ENDS = [...OUTCOMES, 'transferred'] as const
export type SpellEnd = (typeof SPELL_ENDS)[number]

/** Who did something to a request, as its event tells. */
export const DOERS = [
  'unknown',
  'resident',
  'operator',
  'organization',
  'contractor',
  'system',
  'inspector',
] as const
export type Doer = (typeof DOERS)[number]

/**
 * Marks on a dirty record, stored as a bit set (bit = position).
 * The record is kept and shown; measures of time leave out a record with a bit of UNSOUND_BITS.
 */
export const MARKS = [
  'closed_before_registered',
  'illegal_transition',
  'unknown_building',
  'unknown_organization',
  'future_time',
  'no_registration',
  'implausible_time',
  'unknown_category',
  'closing_time_unknown',
  'unknown_event',
] as const
export type Mark = (typeof MARKS)[number]
export const FAULT_MARKS: readonly Mark[] = [
  'closed_before_registered',
  'future_time',
  'no_registration',
  'implausible_time',
]

export const markBit = (mark: Mark) => 1 << MARKS.indexOf(mark)
export const FAULT_BITS = FAULT_MARKS.reduce((bits, mark) => bits | markBit(mark), 0)
/** Times at fault, or a closing whose time its source does not publish: no fault, but nothing to measure either. */
export const UNSOUND_BITS = FAULT_BITS | markBit('closing_time_unknown')
export const marksOf = (bits: number): Mark[] => MARKS.filter((mark) => bits & markBit(mark))

export const LANGUAGES = ['kk', 'ru', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
/** A name in the city's languages; at least one is present. */
export type Words = { readonly [language in Language]?: string | undefined }
export const inLanguage = (words: Words, language: Language): string =>
  words[language] ?? words.ru ?? words.en ?? words.kk ?? ''

/** Why a person at a screen closes a request without work. */
export const CLOSING_REASONS = ['identity_not_confirmed'] as const
export type ClosingReason = (typeof CLOSING_REASONS)[number]
