/** Kinds of houses that the registry names with a word instead of a series; a series is said as it is. */
const KINDS = new Map([
  ['кирпич', 'brick'],
  ['монолит', 'monolithic'],
  ['таунхаус', 'townhouse'],
  ['малоэтажный', 'lowRise'],
  ['дореволюционный', 'oldest'],
] as const)

type Kind = typeof KINDS extends Map<string, infer K> ? K : never

/** The kind that has a word in each language. */
export const kindOf = (series: string | null): Kind | undefined =>
  series === null ? undefined : (KINDS as ReadonlyMap<string, Kind>).get(series)
