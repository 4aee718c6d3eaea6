import { z } from 'zod'
import type { Language, Words } from '#server/contract/vocabulary.ts'
import { DESK } from '#server/desk.ts'
import { ask, type Question } from '#server/store/ask.ts'
import type { Context } from '#server/trpc.ts'

/** What people do at the screens comes from a source too. */
const DESK_NAME = { kk: 'Кезекшілік', ru: 'Дежурство', en: 'Duty desk' }

export interface Place {
  name: Words
  /** UTC ms. */
  now: number
  /** The clock stands still at an instant of historic data. */
  pinned: boolean
  zone: string
  languages: readonly Language[]
  districts: { id: string; name: Words }[]
  /** Names of sources, by the id they send. */
  sources: Readonly<Record<string, Words>>
  organizations: number
  buildings: number
}

const ANSWERED: Question<{ organization: number }> = {
  name: 'organizationsThatAnswered',
  sql: 'SELECT DISTINCT organization FROM request ORDER BY organization',
  row: z.object({ organization: z.number() }),
}

/** What the frame of every page needs to know of the city. Organizations are those that answer for a building or a request. */
export async function place(context: Context): Promise<Place> {
  const { city, registry, engine, now, pinned = false } = context
  const answering = new Set((await ask(engine, ANSWERED)).map(({ organization }) => organization))
  let buildings = 0
  for (const building of registry.buildings()) {
    if (building.gone) continue
    buildings++
    const holder = building.tenures.at(-1)
    if (holder && holder.end === null) answering.add(holder.organization)
  }
  answering.delete(0)
  return {
    name: city.name,
    now: now(),
    pinned,
    zone: city.zone,
    languages: city.languages,
    sources: { [DESK]: DESK_NAME, ...city.sources },
    districts: [...registry.districts()]
      .map(({ id, name }) => ({ id, name }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    organizations: answering.size,
    buildings,
  }
}
