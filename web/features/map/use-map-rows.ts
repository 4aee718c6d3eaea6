import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { EVERYTHING } from '#server/contract/filter.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { followFrames } from '#web/live.ts'
import { cityQuery, namesQuery } from '#web/map/ask-city.ts'
import { isOfAnInstant } from '#web/map/layers.ts'
import { type CountsAt, stateAt } from './counts.ts'
import { after, sameState } from './live-state.ts'
import { placesOf } from './places.ts'
import { createMapRows } from './rows.ts'
import type { MapSearch } from './search.ts'

const NONE: readonly never[] = []
const NOTHING = {
  ...{ keys: undefined, open: NONE, overdue: NONE },
  ...{ emergency: NONE, emergencyOverdue: NONE },
}
/** A week does not change in seconds: not asked anew with every event. */
const WEEK = { meta: { live: false }, refetchInterval: 60_000, placeholderData: keepPreviousData }

/** Back to which an inflow is compared where the address does not say: four weeks. */
export const CHANGE_DAYS = 28

/** Everything the page shows, from the address; counts of another instant take the place of the live ones. */
export function useMapRows(
  { m: measure, vs, district, category, organization }: MapSearch,
  past: CountsAt | null,
) {
  const { language } = useFormat()
  const filter = { ...EVERYTHING, district, category, organization }
  const city = useQuery(cityQuery)
  const names = useQuery({ ...namesQuery(language), select: placesOf })
  const live = useQuery({
    ...api.map.state.queryOptions(filter),
    placeholderData: keepPreviousData,
    structuralSharing: sameState,
  })
  const state = useMemo(
    () =>
      past && !past.waiting && live.data && names.data
        ? stateAt(past, names.data, live.data.districts)
        : past
          ? undefined
          : live.data,
    [past, live.data, names.data],
  )
  const { keys, open, overdue, emergency, emergencyOverdue } = state ?? NOTHING
  // The answer that follows a frame mostly says the same of every building: rows are not made anew for its other words.
  const counts = useMemo(
    () => keys && { keys, open, overdue, emergency, emergencyOverdue },
    [keys, open, overdue, emergency, emergencyOverdue],
  )
  const deviation = useQuery(
    api.map.deviation.queryOptions(filter, { ...WEEK, enabled: measure === 'deviation' }),
  )
  const change = useQuery(
    api.map.change.queryOptions(
      { filter, days: vs ?? CHANGE_DAYS },
      { ...WEEK, enabled: measure === 'change' },
    ),
  )
  const silence = useQuery(
    api.map.silence.queryOptions(undefined, { ...WEEK, enabled: measure === 'silence' }),
  )
  const compares = vs !== undefined && isOfAnInstant(measure) && !past
  const before = useQuery(
    api.map.before.queryOptions(
      { filter, days: vs ?? CHANGE_DAYS },
      { ...WEEK, enabled: compares },
    ),
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
  const isJudged = measure === 'deviation' || measure === 'change'
  const judged = measure === 'deviation' ? deviation.data : change.data
  const [rowsOf] = useState(createMapRows)
  const rows = useMemo(() => {
    const missing =
      (isJudged && !judged) ||
      (measure === 'silence' && !silence.data) ||
      (compares && !before.data)
    if (!names.data || !counts || missing) return undefined
    return rowsOf({
      places: names.data,
      open: counts,
      deviating: isJudged && judged ? judged.deviating : NONE,
      uncompared: measure === 'change' ? change.data?.uncompared : undefined,
      silence: measure === 'silence' ? silence.data : undefined,
      before: compares ? before.data : undefined,
      measure,
      districts,
    })
  }, [
    rowsOf,
    names.data,
    counts,
    isJudged,
    judged,
    change.data,
    silence.data,
    before.data,
    compares,
    measure,
    districts,
  ])
  const failed = [names, live, deviation, change, silence, before].find(({ isError }) => isError)
  return {
    rows,
    city: city.data,
    state,
    deviation: deviation.data,
    change: change.data,
    silence: silence.data,
    before: compares ? before.data : undefined,
    failed: failed !== undefined,
    retry: () => Promise.all([names.refetch(), live.refetch()]),
  }
}
