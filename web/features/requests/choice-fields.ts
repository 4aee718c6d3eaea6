/** Fields of the filter with a button of their own; district and period stand in the top bar. */
export const CHOICE_FIELDS = [
  'is',
  'category',
  'organization',
  'priority',
  'state',
  'outcome',
  'channel',
  'kind',
  'mark',
  'source',
  'test',
] as const
export type ChoiceField = (typeof CHOICE_FIELDS)[number]

/** Asked for rarely: behind one button unless something is chosen in them. */
export const RARE_FIELDS: readonly ChoiceField[] = ['channel', 'kind', 'mark', 'source', 'test']
