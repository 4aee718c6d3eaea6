import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Clocks } from '#server/contract/registry-search.ts'
import { api } from '#web/api.ts'
import type { Mark } from '#web/map/marks.ts'
import type { MapSearch } from './search.ts'

const SLOW = { meta: { live: false }, refetchInterval: 300_000 }
const NOBODY: ReadonlySet<number> = new Set()

/** What the layers of the address draw on buildings, and what they say of themselves. */
export function useOverlays(
  { layers, company }: Pick<MapSearch, 'layers' | 'company'>,
  clocks: Clocks,
) {
  const shows = { flags: layers.includes('flags'), silence: layers.includes('silence') }
  const flags = useQuery(api.map.flags.queryOptions(undefined, { ...SLOW, enabled: shows.flags }))
  const silence = useQuery(
    api.map.silence.queryOptions(undefined, { ...SLOW, enabled: shows.silence }),
  )
  const territory = useQuery(
    api.map.territory.queryOptions(
      { organization: company ?? '', clocks },
      {
        ...SLOW,
        enabled: company !== undefined,
        retry: false,
        placeholderData: keepPreviousData,
      },
    ),
  )
  const flagged = shows.flags ? flags.data : undefined
  const silent = shows.silence ? silence.data : undefined
  const marks = useMemo(
    (): Mark[] => [
      ...(silent?.silent.map(({ building }) => ({ key: building, kind: 'silent' as const })) ?? []),
      ...(flagged?.houses.map(({ building, level }) => ({ key: building, kind: level })) ?? []),
    ],
    [flagged, silent],
  )
  const houses = company === undefined ? undefined : territory.data
  const held = useMemo(() => (houses ? new Set(houses.houses) : NOBODY), [houses])
  return { marks, held, flagged, silent, territory: houses }
}
