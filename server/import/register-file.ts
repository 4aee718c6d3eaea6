import type { AsOf } from './as-of.ts'
import { createCatalogue, knownOf } from './catalogue.ts'
import type { FieldReaders } from './fields.ts'
import { type FileKind, middle } from './file-kind.ts'
import type { RegisterMapping } from './mapping.ts'
import { ImportRefusal } from './refusal.ts'
import {
  eventsOfHouse,
  type HouseDraft,
  registerReader,
  removedHouses,
  type Snapshots,
  snapshotsOf,
} from './register.ts'

interface Given {
  mapping: RegisterMapping
  fields: FieldReaders
  /** What the file covers; a building of the same region that is absent from it is gone. */
  region: string
  zone: string
  asOf: AsOf
}

/** Above this share of missing buildings it is another region, or half a file. */
const MOST_GONE = 0.5

/**
 * A snapshot of a register. Its events carry its date at the end of their ids, and are what changed since the snapshots
 * before that date: so the same file twice says the same, whatever came between.
 */
export function registerFile({ mapping, fields, region, zone, asOf }: Given): FileKind<HouseDraft> {
  const source = `${mapping.source}:${region}`
  const catalogue = createCatalogue()
  const positions = middle()
  const present = new Set<string>()

  return {
    source,
    zone,
    read: registerReader(mapping, fields, asOf),
    survey(draft) {
      present.add(draft.id)
      positions.add(draft.at)
      const { district, organization } = draft
      catalogue.add({
        district,
        organization,
        category: undefined,
        building: undefined,
        registeredAt: asOf.at,
      })
    },
    plan(log, rows) {
      const origin = { source, language: mapping.language, asOf }
      const before = snapshotsOf(log, source, asOf)
      refuseOlder(before, asOf, region)
      const missing = removedHouses(present, before, origin)
      if (missing.length > before.houses.size * MOST_GONE)
        throw new ImportRefusal(
          `${missing.length} of the ${before.houses.size} buildings of the region "${region}" are not in this file; if it covers another region, say so with --region NAME`,
        )
      const unsure = missing.length > 0 && rows.faulty > 0
      return {
        origin,
        first: catalogue.events(knownOf(log), origin),
        events: (draft) => ({ events: eventsOfHouse(draft, before, origin) }),
        last: unsure ? [] : missing,
        warnings: unsure
          ? [
              `missing from this snapshot: ${missing.length} of the buildings of the earlier ones. Its rows that cannot be read: ${rows.faulty}. So none is taken as gone; mend these rows and import the file again`,
            ]
          : [],
        centre: positions.position(),
      }
    },
    columnOf: (field) => columnOf(mapping, field.split('/')[1] ?? ''),
  }
}

function refuseOlder({ newest, seen }: Snapshots, asOf: AsOf, region: string) {
  if (newest !== undefined && newest > asOf.date && !seen)
    throw new ImportRefusal(
      `this is a snapshot of ${asOf.date}, but the one of ${newest} of the region "${region}" was imported before; import snapshots in the order of their dates`,
    )
}

function columnOf({ building, organization, since }: RegisterMapping, field: string): string {
  if (field === 'organization') return organization?.id.column ?? ''
  if (field === 'occurredAt') return since?.column ?? ''
  const told = Object.hasOwn(building, field) ? building[field as keyof typeof building] : undefined
  return told?.column ?? ''
}
