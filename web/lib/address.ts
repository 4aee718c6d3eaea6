import { Filter, LIST_FIELDS } from '#server/contract/filter.ts'

const FILTER = new Set(Object.keys(Filter.shape))
const LISTS = new Set<string>(LIST_FIELDS)

/**
 * Search part of an address to values. Fields of the filter are strings whatever they look like (an id may be `101`), its
 * lists are repeated: `?is=open&is=late`. Other fields are JSON where they are JSON, else strings.
 */
export function parseAddress(search: string): Record<string, unknown> {
  const values = new Map<string, unknown>()
  for (const [name, text] of new URLSearchParams(search)) {
    const known = values.get(name)
    if (LISTS.has(name)) values.set(name, Array.isArray(known) ? [...known, text] : [text])
    else values.set(name, FILTER.has(name) ? text : fromJson(text))
  }
  // Defines own fields whatever their names, so that an address cannot reach a prototype.
  return Object.fromEntries(values)
}

/** The inverse of parseAddress; an empty list restricts nothing and is left out. */
export function writeAddress(values: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === null) continue
    if (LISTS.has(name)) for (const item of [value].flat()) search.append(name, String(item))
    else if (FILTER.has(name)) search.append(name, String(value))
    else search.append(name, toJson(value))
  }
  const text = search.toString()
  return text ? `?${text}` : ''
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** A string stands as it is unless it would be read back as something else. */
const toJson = (value: unknown) =>
  typeof value === 'string' && fromJson(value) === value ? value : JSON.stringify(value)
