import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Answer, api } from '#web/api.ts'
import type { Area } from '#web/map/areas.ts'

export type OutageLine = Answer['outages']['list']['lines'][number]

/** What is off now and what seems to be, in these districts, with the outlines that the map draws. */
export function useOutageAreas(district: readonly string[], shown: boolean) {
  const { data } = useQuery(api.outages.list.queryOptions(undefined, { enabled: shown }))
  return useMemo(() => {
    const lines = (shown ? (data?.lines ?? []) : []).filter(
      ({ state, districts }) =>
        (state === 'suspected' || state === 'in_force') &&
        (district.length === 0 || districts.some((id) => district.includes(id))),
    )
    const areas = lines.flatMap(({ outline, state }, id): Area[] =>
      outline ? [{ id, suspected: state === 'suspected', outline }] : [],
    )
    return { lines, areas }
  }, [data, district, shown])
}
