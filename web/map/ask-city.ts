import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { BaseMap, BuildingNames, Geometry } from '#server/contract/geometry.ts'
import type { Language } from '#server/contract/vocabulary.ts'
import { unpack } from './geometry.ts'

async function read<T>(path: string): Promise<T> {
  const response = await fetch(path)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response.json()
}

// The server answers 304 while nothing has changed; a new building appears within five minutes.
const FRESH_MS = 300_000
/** A server that was away is asked again soon: nobody stands before a wall to press a button. */
const SOON_MS = 5000
const each = ({ state }: { state: { status: string } }) =>
  state.status === 'error' ? SOON_MS : FRESH_MS

const kept = {
  staleTime: FRESH_MS,
  gcTime: Number.POSITIVE_INFINITY,
  refetchInterval: each,
  meta: { live: false },
}

export const cityQuery = queryOptions({
  queryKey: ['map', 'geometry'],
  queryFn: () => read<Geometry>('/map/geometry'),
  select: unpack,
  ...kept,
})

export const baseQuery = (exists: boolean | undefined) =>
  queryOptions({
    queryKey: ['map', 'base', exists],
    queryFn: () => (exists ? read<BaseMap>('/map/base') : null),
    enabled: exists !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.status === 'error' ? SOON_MS : false),
    meta: { live: false },
  })

export const namesQuery = (language: Language) =>
  queryOptions({
    queryKey: ['map', 'names', language],
    queryFn: () => read<BuildingNames>(`/map/names/${language}`),
    placeholderData: keepPreviousData,
    ...kept,
  })
