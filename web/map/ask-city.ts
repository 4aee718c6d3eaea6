import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { BaseMap, BuildingNames, Geometry } from '#server/contract/geometry.ts'
import { inLanguage, type Language } from '#server/contract/vocabulary.ts'
import { type Features, unpack } from './geometry.ts'

async function read<T>(path: string): Promise<T> {
  const response = await fetch(path)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response.json()
}

// The server answers 304 while nothing has changed; a new building appears within five minutes.
const FRESH_MS = 300_000
const kept = { staleTime: FRESH_MS, gcTime: Number.POSITIVE_INFINITY, refetchInterval: FRESH_MS }

export const cityQuery = queryOptions({
  queryKey: ['map', 'geometry'],
  queryFn: () => read<Geometry>('/map/geometry'),
  select: unpack,
  ...kept,
})

interface Base extends Features<unknown> {
  attribution?: string | undefined
}

export const baseQuery = (language: Language, exists: boolean | undefined) =>
  queryOptions({
    queryKey: ['map', 'base', exists, language],
    queryFn: async (): Promise<Base | null> =>
      exists ? inWords(await read<BaseMap>('/map/base'), language) : null,
    enabled: exists !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })

export const namesQuery = (language: Language) =>
  queryOptions({
    queryKey: ['map', 'names', language],
    queryFn: () => read<BuildingNames>(`/map/names/${language}`),
    placeholderData: keepPreviousData,
    ...kept,
  })

const inWords = ({ attribution, features }: BaseMap, language: Language): Base => ({
  type: 'FeatureCollection',
  attribution,
  features: features.map(({ geometry, properties: { name, ...rest } }, id) => ({
    type: 'Feature',
    id,
    geometry,
    properties: name ? { ...rest, name: inLanguage(name, language) } : rest,
  })),
})
