import type { City } from '#server/config.ts'
import type { DomainEvent } from '#server/contract/events.ts'
import type { BaseMap } from '#server/contract/geometry.ts'
import { DAY, dayOf, MINUTE, startOf, ZONE } from './calendar.ts'
import { createDemand } from './demand/demand.ts'
import { live as lifeOf } from './life/life.ts'
import { byTime, type Delivery, told } from './life/steps.ts'
import { basemapOf } from './place/basemap.ts'
import { CENTRE } from './place/earth.ts'
import { createPlace, type Place } from './place/place.ts'
import { PRESETS, type PresetName } from './presets.ts'
import { createRandom, mix } from './random.ts'
import { type Company, createCompanies } from './registry/companies.ts'
import { OTHERS } from './registry/company-names.ts'
import { partyEvents } from './registry/party-events.ts'
import { registryEvents } from './registry/registry-events.ts'
import { reorganizationEvents, reorganizations } from './registry/reorganizations.ts'
import { tenureDeliveries } from './registry/tenure-events.ts'
import { createTenures, type Tenures } from './registry/tenures.ts'
import { SOURCES } from './sources.ts'
import { createStories } from './stories/all.ts'

/** The same arguments give the same city, event by event, on every machine. */
export interface CityOptions {
  preset: PresetName
  seed: number
  /** The history ends here: UTC epoch milliseconds. What comes after is played live. */
  end: number
  /** Instead of the preset's number. */
  requests?: number | undefined
}

export interface Domograd {
  city: City
  basemap: BaseMap
  place: Place
  companies: readonly Company[]
  tenures: Tenures
  /** Districts, categories, organizations, buildings and who answers for them, as of the first day. */
  registry: readonly DomainEvent[]
  /** The instant at which the history begins: the register was learned by then. */
  start: number
  /** Local days of the history: the first, and the one that `end` falls into. */
  firstDay: number
  lastDay: number
  /** Everything after the registry up to `end`, a chunk a day, each in the order in which it was delivered. Memory holds what is still open. */
  history(): Iterable<Delivery[]>
  /** What is delivered after `from`, a chunk a day, without an end: the same processes go on. */
  future(from: number): Iterable<Delivery[]>
  /** What was planted. Complete once the history has been generated. */
  truth(): object
}

/** Longer lives than this are not looked for when play begins anew. */
const LONGEST_LIFE_DAYS = 500
/** No story delivers an event later than this after it happened. */
const LATEST_DELIVERY = 5 * DAY
const LAST_NUMBER = 284_000

export function createCity({ preset: name, seed, end, requests }: CityOptions): Domograd {
  const preset = PRESETS[name]
  const wanted = requests ?? preset.requests
  const lastDay = dayOf(end)
  const firstDay = lastDay - preset.historyDays
  const start = startOf(firstDay)
  const place = createPlace({ seed, scale: preset.scale, buildings: preset.buildings })
  const companies = createCompanies(preset, createRandom(mix(seed, 'companies')))
  const era = { seed, firstDay, lastDay }
  const { all: stories, hider, sourceOf } = createStories(preset, { ...era, place, end })
  const managing = companies.filter(({ houses }) => houses > 0)
  for (const story of stories) story.characters?.(managing, createRandom(mix(seed, story.name)))
  const changed = reorganizations(companies, era, createRandom(mix(seed, 'reorganizations')))
  const { tenures, grower } = createTenures(
    place,
    companies,
    { start, end },
    createRandom(mix(seed, 'tenures')),
    changed.merger,
  )
  const demand = createDemand({
    seed,
    place,
    tenures,
    companies: companies.length,
    firstDay,
    days: preset.historyDays,
    requests: wanted,
    firstNumber: Math.max(1, LAST_NUMBER - wanted),
    calls: (day) => stories.flatMap(({ calls }) => calls?.(day) ?? []),
    hider: companies.findIndex(({ id }) => id === hider()?.id),
    returns: (company, at) => asOf(companies[company] as Company, at).character.reopenOdds,
  })
  const contractors = crews(companies)
  const authority =
    companies.find(({ kind }) => kind === 'inspectorate')?.id ?? companies.at(-1)?.id ?? ''
  const register = tenureDeliveries(
    place,
    companies,
    tenures,
    { start, end },
    createRandom(mix(seed, 'register')),
  )
  const parties: Delivery[] = [
    ...partyEvents(place, companies, era),
    ...reorganizationEvents(changed, companies),
  ].map((event) => ({ at: event.occurredAt, event }))
  const changes = [...register.deliveries, ...parties].sort(byTime)
  const random = createRandom(0)

  /** Lives that were over well before `from` are not told: their events would be thrown away. */
  function lifeDeliveries(day: number, from: number, keep: (delivery: Delivery) => void) {
    for (const arrival of demand.arrivals(day)) {
      const { company, house } = arrival
      random.reseed(mix(seed, 'life', day, arrival.nth))
      const steps = lifeOf(
        arrival,
        {
          company: asOf(companies[company] as Company, arrival.at),
          companies,
          tenures: tenures[house] ?? [],
          houseId: place.houses[house]?.id ?? '',
          load: demand.load(company, day),
          contractors,
          source: sourceOf(arrival),
          authority,
        },
        random,
      )
      if (steps.every(({ at }) => at + LATEST_DELIVERY < from)) continue
      let deliveries = told(arrival.number, steps)
      for (const story of stories)
        if (story.retell) {
          random.reseed(mix(seed, story.name, day, arrival.nth))
          deliveries = story.retell(deliveries, arrival, random)
        }
      for (const delivery of deliveries) keep(delivery)
    }
  }

  /** Deliveries by local day from `first` on; those of earlier arrivals only if `from` is later than them. */
  function* days(first: number, from: number): Generator<{ day: number; deliveries: Delivery[] }> {
    const waiting = new Map<number, Delivery[]>()
    const keep = (delivery: Delivery) => {
      if (delivery.at <= from) return
      const day = dayOf(delivery.at)
      const others = waiting.get(day)
      if (others) others.push(delivery)
      else waiting.set(day, [delivery])
    }
    for (const change of changes) keep(change)
    for (let day = first; ; day++) {
      for (const story of stories) for (const notice of story.notices?.(day) ?? []) keep(notice)
      lifeDeliveries(day, from, keep)
      const deliveries = (waiting.get(day) ?? []).sort(byTime)
      waiting.delete(day)
      yield { day, deliveries }
    }
  }

  return {
    city: {
      name: { kk: 'Домоград', ru: 'Домоград', en: 'Domograd' },
      zone: ZONE,
      languages: ['kk', 'ru', 'en'],
      centre: CENTRE,
      norms: ['domograd', 'kz'],
      sources: SOURCES,
    },
    basemap: basemapOf(place),
    place,
    companies,
    tenures,
    start,
    registry: [
      ...registryEvents(place, companies, { seed, start }),
      ...changes.filter(({ at }) => at < start).map(({ event }) => event),
    ],
    firstDay,
    lastDay,
    *history() {
      for (const { day, deliveries } of days(firstDay, start - 1)) {
        yield day < lastDay ? deliveries : deliveries.filter(({ at }) => at <= end)
        if (day >= lastDay) return
      }
    },
    *future(from) {
      const today = dayOf(from)
      for (const { day, deliveries } of days(Math.max(firstDay, today - LONGEST_LIFE_DAYS), from))
        if (day >= today) yield deliveries
    },
    truth: () => ({
      ...Object.fromEntries(stories.map((story) => [story.name, story.truth()])),
      growing: { organization: companies[grower]?.id, name: companies[grower]?.name },
      reorganized: {
        merged: changed.merger && {
          organization: companies[changed.merger.from]?.id,
          into: companies[changed.merger.into]?.id,
          at: changed.merger.at,
        },
        renamed: changed.renamed && {
          organization: changed.renamed.company.id,
          from: changed.renamed.company.name,
          to: changed.renamed.name,
          at: changed.renamed.at,
        },
      },
      register: register.faults,
      blameless: managing.filter(({ part }) => !part || INNOCENT.has(part)).map(({ id }) => id),
      companies: managing.map(({ id, name: called, part, character }) => ({
        organization: id,
        name: called,
        part,
        ...character,
      })),
    }),
  }
}

/** Parts that are no fault. */
const INNOCENT = new Set(['good', 'merged', 'mergedInto', 'renamed'])

/** With the character that it has at an instant. */
const asOf = (company: Company, at: number): Company =>
  company.turns && at >= company.turns.at
    ? { ...company, character: company.turns.character }
    : company

function crews(companies: readonly Company[]): Record<string, string[]> {
  const byTrade: Record<string, string[]> = {}
  const known = new Set(companies.map(({ id }) => id))
  for (const { id, kind, trade } of OTHERS)
    if (kind === 'contractor' && known.has(id)) byTrade[trade] = [...(byTrade[trade] ?? []), id]
  return byTrade
}

/** An end that does not depend on seconds reads better in truth.json. */
export const wholeMinute = (instant: number) => Math.floor(instant / MINUTE) * MINUTE
