import { z } from 'zod'
import type { Language, Words } from '#server/contract/vocabulary.ts'
import { isAuthority } from '#server/domain/addressees.ts'
import { localClock } from '#server/domain/local-time.ts'
import { OWN_SOURCES } from '#server/sources/source-name.ts'
import { ask, type Question } from '#server/store/ask.ts'
import { cityDays, HOLIDAY } from '#server/today/alike.ts'
import type { Context } from '#server/trpc.ts'

/** What people do at the screens comes from a source too. */

export interface Place {
  name: Words
  /** UTC ms. */
  now: number
  /** The clock stands still at an instant of historic data. */
  pinned: boolean
  zone: string
  /** Days from yesterday on that are not compared as their weekday: holidays and moved days (today/alike.ts). */
  unusual: { day: number; alike: number }[]
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

/** What the frame of every page needs to know of the city. Organizations are those that answer for a building or a request; who takes complaints about them is none of them. */
export async function place(context: Context): Promise<Place> {
  const { city, registry, engine, norms, now, pinned = false } = context
  const answering = new Set((await ask(engine, ANSWERED)).map(({ organization }) => organization))
  let buildings = 0
  for (const building of registry.buildings()) {
    if (building.gone) continue
    buildings++
    const holder = building.tenures.at(-1)
    if (holder && holder.end === null) answering.add(holder.organization)
  }
  answering.delete(0)
  for (const { key, kind } of registry.organizations())
    if (isAuthority({ kind })) answering.delete(key)
  return {
    name: city.name,
    now: now(),
    pinned,
    zone: city.zone,
    unusual: unusualDays(cityDays(norms), localClock(city.zone)(now()).day),
    languages: city.languages,
    sources: { ...OWN_SOURCES, ...city.sources },
    districts: [...registry.districts()]
      .map(({ id, name }) => ({ id, name }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    organizations: answering.size,
    buildings,
  }
}

/** A page may stay open so long. */
const DAYS_AHEAD = 60

const unusualDays = ({ alike }: Pick<ReturnType<typeof cityDays>, 'alike'>, today: number) =>
  Array.from({ length: DAYS_AHEAD }, (_, i) => today - 1 + i)
    .map((day) => ({ day, alike: alike(day) }))
    .filter((day) => day.alike >= HOLIDAY)
