/** What an import would change, before anything is stored. Lists hold the first of many; counts are of all. */
export interface ImportPreview {
  file: string
  /** Of the bytes of the file, and of everything that would be stored: both are named when it is applied. */
  sha256: string
  diff: string
  asOf: string
  rows: { read: number; new: number; known: number; quarantined: number }
  events: number
  newBuildings: Listed<{ id: string; address: string }>
  changedBuildings: Listed<{ id: string; address: string; fields: string[] }>
  gone: Listed<{ id: string; address: string }>
  newOrganizations: Listed<{ id: string; name: string }>
  renamed: Listed<{ id: string; before: string; after: string }>
  /** From one known organization to another, by pair, the most buildings first. */
  transfers: { count: number; pairs: Listed<TransferPair> }
  /** Buildings that come to have an organization, and that lose it. */
  taken: number
  lost: number
  quarantined: Listed<{ row: number; column: string; reason: string; value: string }>
  warnings: string[]
}
export interface Listed<T> {
  count: number
  first: T[]
}
export interface TransferPair {
  from: { id: string; name: string }
  to: { id: string; name: string }
  buildings: number
}
/** What became of it when a person applied it: stored, or what it would change now that the log has moved on. */
export type ImportApplied = { stored: ImportPreview } | { moved: ImportPreview }
