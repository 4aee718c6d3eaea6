import { z } from 'zod'
import type { Words } from '#server/contract/vocabulary.ts'
import type { Building, Organization, Registry } from '#server/domain/registry.ts'
import { ask } from '#server/store/ask.ts'
import { minuteOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { otherLayout } from './fold.ts'
import { createWordIndex, type WordIndex } from './word-index.ts'

export interface Found {
  /** UTC ms. */
  now: number
  buildings: { id: string; address: Words; district: Words | null; open: number; gone: boolean }[]
  organizations: { id: string; name: string; kind: Organization['kind']; open: number }[]
  requests: { number: string; registeredAt: number | null; open: boolean }[]
}

/** Requests whose number begins with what was typed; `until` is the first text after all of them. */
export const REQUESTS_BY_NUMBER = {
  name: 'requestsByNumber',
  row: z.object({
    number: z.string(),
    registeredAt: z.number().nullable(),
    open: z.boolean(),
  }),
  sql: `
    SELECT number, registered_at AS "registeredAt", closed_at IS NULL AS open
    FROM request
    WHERE number >= $number AND number < $until AND test = false
    ORDER BY length(number), number
    LIMIT 6`,
}

interface Indexes {
  revision: number
  buildings: WordIndex<Building>
  organizations: WordIndex<Organization>
}
const known = new WeakMap<Registry, Indexes>()

function indexesOf(registry: Registry): Indexes {
  const revision = registry.revision()
  const ready = known.get(registry)
  if (ready?.revision === revision) return ready
  const indexes = {
    revision,
    buildings: createWordIndex([...registry.buildings()], (building) => [
      ...Object.values(building.address).filter((text) => text !== undefined),
      building.id,
    ]),
    organizations: createWordIndex([...registry.organizations()], (organization) => [
      organization.name,
      organization.id,
    ]),
  }
  known.set(registry, indexes)
  return indexes
}

/** How many of each kind: a few of all, or many of the one that is to be chosen. */
const FEW = { buildings: 8, organizations: 5 }
const MANY = 20
type Only = keyof typeof FEW

export async function search(ctx: Context, query: string, of?: Only): Promise<Found> {
  const most = of ? { buildings: 0, organizations: 0, [of]: MANY } : FEW
  const meant = findNamed(ctx, query, most)
  const empty = meant.buildings.length + meant.organizations.length === 0
  const named = empty ? findNamed(ctx, otherLayout(query), most) : meant
  const requests = of ? [] : await findRequests(ctx, query.trim())
  return { now: ctx.now(), ...named, requests }
}

function findNamed({ registry, board, now }: Context, query: string, most: Record<Only, number>) {
  const { buildings, organizations } = indexesOf(registry)
  const at = minuteOf(now())
  const openOf = board.byBuilding(at)
  const openFor = board.byOrganization(at)
  return {
    buildings: buildings.find(query, most.buildings).map((building) => ({
      id: building.id,
      address: building.address,
      district: registry.district(building.district)?.name ?? null,
      open: openOf.get(building.key)?.open ?? 0,
      gone: building.gone,
    })),
    organizations: organizations.find(query, most.organizations).map((organization) => ({
      id: organization.id,
      name: organization.name,
      kind: organization.kind,
      open: openFor.get(organization.key)?.open ?? 0,
    })),
  }
}

const findRequests = ({ engine }: Context, typed: string) =>
  /\d/.test(typed) && typed.length >= 2 && typed.length <= 128
    ? ask(engine, REQUESTS_BY_NUMBER, { number: typed, until: `${typed}\uffff` })
    : Promise.resolve([])
