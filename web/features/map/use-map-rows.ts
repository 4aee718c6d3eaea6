import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { EVERYTHING } from '#server/contract/filter.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { followFrames } from '#web/live.ts'
import { cityQuery, namesQuery } from '#web/map/ask-city.ts'
import { type CountsAt, stateAt } from './counts.ts'
import { after } from './live-state.ts'
import { mapRows, placesOf } from './rows.ts'
import type { MapSearch } from './search.ts'

const NONE: readonly never[] = []
/** A week does not change in seconds: not asked anew with every event. */
const WEEK = { meta: { live: false }, refetchInterval: 60_000, placeholderData: keepPreviousData }

/** Everything the page shows, from the address; counts of another instant take the place of the live ones. */
export function useMapRows(
  { m: measure, district, category, organization }: MapSearch,
  past: CountsAt | null,
) {
  const { language } = useFormat()
  const filter = { ...EVERYTHING, district, category, organization }
  const city = useQuery(cityQuery)
  const names = useQuery({ ...namesQuery(language), select: placesOf })
  const live = useQuery({
    ...api.map.state.queryOptions(filter),
    placeholderData: keepPreviousData,
  })
  const state = useMemo(
    () =>
      past && live.data && names.data
        ? stateAt(past, names.data, live.data.districts)
        : past
          ? undefined
          : live.data,
    [past, live.data, names.data],
  )
  const deviation = useQuery(
    api.map.deviation.queryOptions(filter, { ...WEEK, enabled: measure === 'deviation' }),
  )
  const queryClient = useQueryClient()
  const narrowed = district.length + category.length + organization.length > 0
  useEffect(() => {
    // A frame counts whole buildings: with a filter its numbers would be others than the page's.
    if (narrowed) return
    const key = api.map.state.queryKey(EVERYTHING)
    return followFrames((frame) =>
      queryClient.setQueryData(key, (known) => known && after(known, frame)),
    )
  }, [narrowed, queryClient])
  const districts = useMemo(() => {
    const wanted = new Set(district)
    return new Set(
      district.length > 0
        ? (city.data?.districts ?? []).flatMap(({ id, key }) => (wanted.has(id) ? [key] : []))
        : [],
    )
  }, [city.data, district])
  const rows = useMemo(
    () =>
      names.data && state && (measure !== 'deviation' || deviation.data)
        ? mapRows({
            places: names.data,
            open: state,
            deviating: deviation.data?.deviating ?? NONE,
            measure,
            districts,
          })
        : undefined,
    [names.data, state, deviation.data, measure, districts],
  )
  const failed = [names, live, deviation].find(({ isError }) => isError)
  return {
    rows,
    city: city.data,
    state,
    deviation: deviation.data,
    failed: failed !== undefined,
    retry: () => Promise.all([names.refetch(), live.refetch()]),
  }
}
