import { KINDS, markBit } from '#server/contract/vocabulary.ts'
import { keyOfHouse } from '#server/domain/address/address-index.ts'
import type { Writer } from './duckdb.ts'
import type { RegistryChange } from './registry-memory.ts'

/** Beyond any instant, and still an integer of the engine. */
const LATEST = 2 ** 52

const COMPLAINT = KINDS.indexOf('complaint')

export interface TestPeriodChange {
  source: string
  from: number
}

/** Requests that a source registered since its test mode changed. */
export async function registeredIn(
  writer: Writer,
  { source, from }: TestPeriodChange,
): Promise<number[]> {
  const rows = await writer.query(
    'SELECT request FROM request WHERE source = $source AND registered_at >= $from',
    { source, from },
  )
  return rows.map((row) => Number(row.request))
}

/** Requests whose rows a change of the registry may alter: registered or open in the building from that instant on, or waiting for what came. */
export async function touchedBy(
  writer: Writer,
  changes: readonly RegistryChange[],
): Promise<number[]> {
  if (changes.length === 0) return []
  const buildings = changes.filter((change) => 'building' in change)
  const unknown = changes.filter((change) => 'unknown' in change)
  const conduct = changes.filter((change) => 'complaintsOf' in change)
  const merged = changes.filter((change) => 'organizations' in change)
  const waits = (what: 'organization' | 'category') =>
    unknown.some((change) => change.unknown === what) ? markBit(`unknown_${what}`) : 0
  const from = buildings.reduce((least, change) => Math.min(least, change.from), LATEST)
  const rows = await writer.query(
    `SELECT request FROM request
     WHERE (building IN (SELECT unnest($keys))
         AND (registered_at >= $from OR closed_at IS NULL OR closed_at >= $from))
       OR building_ref IN (SELECT unnest($refs))
       OR (organization IN (SELECT unnest($merged))
         AND (registered_at >= $mergedFrom OR closed_at IS NULL OR closed_at >= $mergedFrom))
       OR (current_organization IN (SELECT unnest($merged)) AND organization <> current_organization)
       OR (kind = ${COMPLAINT} AND category IN (SELECT unnest($conduct)))
       OR (marks & $waiting) <> 0`,
    {
      keys: buildings.map((change) => change.key),
      refs: buildings.map((change) => change.building),
      from: Math.max(from, -LATEST),
      merged: merged.flatMap((change) => change.organizations),
      mergedFrom: merged.reduce((least, change) => Math.min(least, change.from), LATEST),
      conduct: conduct.map((change) => change.complaintsOf),
      waiting: waits('organization') | waits('category'),
    },
  )
  return [...rows.map((row) => Number(row.request)), ...(await readdressed(writer, buildings))]
}

/** Requests that say only an address, of a house whose register has changed, or one that was not quite the register's. */
async function readdressed(
  writer: Writer,
  changes: readonly { houses?: ReadonlySet<string> }[],
): Promise<number[]> {
  const houses = new Set(changes.flatMap((change) => [...(change.houses ?? [])]))
  if (houses.size === 0) return []
  const rows = await writer.query(
    `SELECT request, place, address_score AS score FROM request
     WHERE place IS NOT NULL AND building_ref IS NULL AND (building = 0 OR address_score IS NOT NULL)`,
  )
  return rows
    .filter(
      ({ place, score }) =>
        (score !== null && Number(score) < 100) || houses.has(keyOfHouse(String(place)) ?? ''),
    )
    .map((row) => Number(row.request))
}
