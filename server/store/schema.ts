/**
 * Tables of facts, without keys and indexes: rows are replaced by request in one transaction (see projector.ts).
 * Keys are the log's stream keys; 0 means "none" or "unknown". Instants are UTC epoch milliseconds, days are days since
 * 1970-01-01 in the city's zone, weeks are the day number of their Monday, months are year * 12 + month - 1.
 * Small integers are positions in the lists of contract/vocabulary.ts. Durations are whole seconds, bins are of stats/log-bins.ts.
 */
export const SCHEMA_VERSION = 13

/** Columns of `request` in order; the projector writes rows in this order. */
export const REQUEST_COLUMNS = {
  request: 'INTEGER',
  number: 'VARCHAR',
  ver: 'INTEGER',
  building: 'INTEGER',
  first_building: 'INTEGER', // that its registration meant; null = the one it has now
  building_ref: 'VARCHAR', // as the source wrote it, kept when no such building is known
  address_score: 'TINYINT', // in hundredths, where its address and not its source names the building
  about: 'INTEGER', // of a complaint: the organization that it is about, which never answers it
  organization: 'INTEGER', // responsible at registration
  current_organization: 'INTEGER', // responsible now, or when it closed
  contractor: 'INTEGER',
  district: 'INTEGER',
  category: 'INTEGER',
  first_category: 'INTEGER', // that its registration told; null = the one it has now
  source: 'VARCHAR',
  channel: 'TINYINT',
  priority: 'TINYINT',
  first_priority: 'TINYINT', // at registration
  kind: 'TINYINT',
  state: 'TINYINT',
  outcome: 'TINYINT', // 0 = open
  registered_at: 'BIGINT',
  received_at: 'BIGINT', // when the registration reached the log
  routed_at: 'BIGINT',
  acknowledged_at: 'BIGINT', // first human action of the responsible organization
  assigned_at: 'BIGINT',
  arrived_at: 'BIGINT',
  work_done_at: 'BIGINT', // last
  first_closed_at: 'BIGINT',
  closed_at: 'BIGINT', // the closing that stands; null while open
  closed_by: 'TINYINT', // position in DOERS of who made it
  confirmed_at: 'BIGINT',
  verified_at: 'BIGINT', // of the work that stands declared as done
  due_at: 'BIGINT',
  due_basis: 'VARCHAR', // 'source', or the norm that set it: pack/norm@validFrom; null = nobody set one
  norms: 'VARCHAR', // all norms whose clocks it has, each between spaces
  registered_on: 'INTEGER',
  registered_hour: 'TINYINT',
  week: 'INTEGER',
  month: 'INTEGER',
  closed_on: 'INTEGER',
  first_closed_on: 'INTEGER',
  first_closed_by: 'TINYINT', // position in DOERS; null = not known or only a declaration that was rejected
  first_closed_minute: 'SMALLINT', // of the local day, 0 to 1439
  first_closed_heard_s: 'INTEGER', // first closing -> it reached the log
  account: 'INTEGER', // 31 bits of the account that made the first closing, to tell those of one organization apart; null = unknown
  scan: 'VARCHAR', // of the document that proves the work, as the source names it
  dropped_at: 'BIGINT', // when who answered for it cancelled it or handed it to another; null = neither
  response_s: 'INTEGER', // registered -> acknowledged
  response_bin: 'SMALLINT',
  resolution_s: 'INTEGER', // registered -> closing that stands; null while open
  resolution_bin: 'SMALLINT',
  reopenings: 'SMALLINT',
  reopen_delay_s: 'INTEGER', // first closing -> first reopening or linked repeat; null if none
  effective_reopen_delay_s: 'INTEGER', // the same, or to a repeat under a new number that its source did not link
  returns: 'SMALLINT',
  transfers: 'SMALLINT',
  rejections: 'SMALLINT', // the resident answered that it is not done
  repeat_of: 'INTEGER',
  repeat_ref: 'VARCHAR', // as the source wrote it, kept while no such request is known
  hidden_repeat_of: 'INTEGER', // same flat or riser and category, registered within the window after its closing, not linked
  duplicate_of: 'INTEGER', // as the source says, or of the same person in the same incident
  duplicate_ref: 'VARCHAR', // as the source wrote it
  incident_reopen_delay_s: 'INTEGER', // of the first of an incident: its first closing -> any of its requests came back
  incident: 'INTEGER', // the first request of its incident; itself where it is the first, or alone
  joined_to: 'INTEGER', // a person's word: the request whose incident it belongs to, itself = to none; null = by rule
  joined_ref: 'VARCHAR', // as the person wrote it, kept while no such request is known
  appeal_at: 'BIGINT', // when it became an appeal; null = a message of which nobody confirmed who asks
  downgrade_s: 'INTEGER', // registered -> first lowering of its priority; null if none
  misdirected: 'BOOLEAN',
  addressee: 'VARCHAR', // the proper one, by the source's id
  addressee_confirmed: 'BOOLEAN', // an operator said that it is for whom it was sent to
  paused_s: 'INTEGER', // all pauses that ended; the main clock never stops for them
  paused_since: 'BIGINT', // of the pause that runs
  entrance: 'SMALLINT',
  riser: 'SMALLINT',
  subject: 'INTEGER', // 32 bits of the pseudonym of who asks, to tell the same from others; 0 = unknown
  marks: 'INTEGER', // bit set of MARKS
  test: 'BOOLEAN', // it, or its source at that time
  identity_verified: 'BOOLEAN',
  lon: 'DOUBLE',
  lat: 'DOUBLE',
  place: 'VARCHAR',
  last_event_at: 'BIGINT',
} as const
export type RequestRow = {
  [C in keyof typeof REQUEST_COLUMNS]: (typeof REQUEST_COLUMNS)[C] extends 'VARCHAR'
    ? string | null
    : (typeof REQUEST_COLUMNS)[C] extends 'BOOLEAN'
      ? boolean
      : number | null
}

/** One row per interval in which one organization was responsible for an open request. `end_at` null = it still is. */
export const SPELL_COLUMNS = {
  request: 'INTEGER',
  organization: 'INTEGER',
  building: 'INTEGER',
  district: 'INTEGER',
  category: 'INTEGER',
  priority: 'TINYINT',
  start_at: 'BIGINT',
  end_at: 'BIGINT',
  end_reason: 'TINYINT', // position in SPELL_ENDS; 0 = open
  due_at: 'BIGINT',
  marks: 'INTEGER',
  test: 'BOOLEAN',
  known_at: 'BIGINT', // when its beginning reached the log
  end_known_at: 'BIGINT', // when its end did; null = open
  retold: 'BOOLEAN', // those two instants do not say what was known when: `version` does
} as const
type NumbersAndFlags<Columns extends Record<string, string>> = {
  -readonly [C in keyof Columns]: Columns[C] extends 'BOOLEAN' ? boolean : number | null
}
export type SpellRow = NumbersAndFlags<typeof SPELL_COLUMNS>

/**
 * How a request stood from `start_at` to `end_at`, as the log told it from `known_at` to `known_until`: both half-open, null = still.
 * Only of requests whose spells are `retold`: news came out of order, or changed its house, category, priority or due time.
 */
export const VERSION_COLUMNS = {
  request: 'INTEGER',
  organization: 'INTEGER',
  building: 'INTEGER',
  district: 'INTEGER',
  category: 'INTEGER',
  priority: 'TINYINT',
  start_at: 'BIGINT',
  end_at: 'BIGINT',
  due_at: 'BIGINT',
  known_at: 'BIGINT',
  known_until: 'BIGINT',
  test: 'BOOLEAN',
} as const
export type VersionRow = NumbersAndFlags<typeof VERSION_COLUMNS>

/** Registry dimensions, rewritten when the registry changes, so that questions can join; names come from memory. */
export const BUILDING_COLUMNS = {
  building: 'INTEGER',
  id: 'VARCHAR',
  address: 'VARCHAR',
  district: 'INTEGER',
  organization: 'INTEGER', // today
  lon: 'DOUBLE',
  lat: 'DOUBLE',
  year: 'INTEGER',
  floors: 'INTEGER',
  apartments: 'INTEGER',
  gone: 'BOOLEAN',
} as const

export const TENURE_COLUMNS = {
  building: 'INTEGER',
  organization: 'INTEGER',
  start_at: 'BIGINT',
  end_at: 'BIGINT', // null = still
} as const

/** How fresh each source is: the newest time it told of (not the future), and when its last event reached the log. */
export const SOURCE_COLUMNS = {
  source: 'VARCHAR',
  occurred_at: 'BIGINT',
  recorded_at: 'BIGINT',
} as const

const table = (name: string, columns: Record<string, string>) =>
  `CREATE TABLE IF NOT EXISTS ${name} (${Object.entries(columns)
    .map(([column, type]) => `${column} ${type}`)
    .join(', ')})`

export const DDL = [
  table('request', REQUEST_COLUMNS),
  table('spell', SPELL_COLUMNS),
  table('version', VERSION_COLUMNS),
  table('building', BUILDING_COLUMNS),
  table('tenure', TENURE_COLUMNS),
  table('source', SOURCE_COLUMNS),
  table('meta', { key: 'VARCHAR', value: 'BIGINT' }), // schema version; number and fingerprint of the last event; fingerprint of the rules
]
