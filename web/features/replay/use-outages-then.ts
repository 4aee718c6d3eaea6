import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answer, api } from '#web/api.ts'
import type { Area } from '#web/map/areas.ts'
import type { Replay } from './use-replay.ts'

export type OutageThen = Answer['replay']['outages'][number]
export type SuspicionThen = Answer['replay']['suspicions']['suspicions'][number]

const MINUTE = 60_000
const SLOW = { meta: { live: false }, staleTime: 60_000, placeholderData: keepPreviousData }
const NONE: readonly never[] = []

export interface OutagesThen {
  announced: readonly OutageThen[]
  suspected: readonly SuspicionThen[]
  /** Why nothing can be said of suspicions: they are not kept so far back, or are still being read. */
  untold: 'notKept' | 'reading' | null
  keptDays: number
  /** What the map draws; the same list while it is the same. */
  areas: readonly Area[]
}

/** What was off at the frame and what seemed to be, as it was known then, in the districts of the page. */
export function useOutagesThen({
  at,
  by,
  clock,
  playing,
  now,
  nothing,
  scope,
}: Pick<Replay, 'at' | 'by' | 'clock' | 'playing' | 'now' | 'nothing' | 'scope'>): OutagesThen {
  // While time runs an hour of the city is asked for at once, else the minute.
  const step = playing ? 60 * MINUTE : MINUTE
  const from = Math.min(Math.floor((at ?? 0) / step) * step, now)
  const asked = {
    ...{ ...scope, at: from, to: Math.min(from + step, now) },
    ...(clock === 'known' && by !== null && { by }),
  }
  const options = { ...SLOW, enabled: at !== null && nothing === null && now > 0 }
  const outages = useQuery(api.replay.outages.queryOptions(asked, options))
  const suspicions = useQuery(api.replay.suspicions.queryOptions(asked, options))
  const [areasOf] = useState(heldAreas)
  if (at === null || nothing !== null)
    return { announced: NONE, suspected: NONE, untold: null, keptDays: 0, areas: NONE }
  const announced = (outages.data ?? []).filter((outage) => {
    const time = outage[clock]
    return time !== null && time.from <= at && (time.to === null || at < time.to)
  })
  const { data } = suspicions
  const suspected = (data?.suspicions ?? []).filter((one) => one.from <= at && at < one.to)
  const isOfScope = ({ districts }: { districts: readonly string[] }) =>
    scope.district.length === 0 || districts.some((id) => scope.district.includes(id))
  return {
    announced,
    suspected,
    untold: !data ? null : at < data.keptSince ? 'notKept' : data.ready ? null : 'reading',
    keptDays: data?.keptDays ?? 0,
    areas: areasOf(suspected.filter(isOfScope), announced.filter(isOfScope)),
  }
}

/** Frames come many times a second, and the map draws another list anew. */
function heldAreas() {
  let shown: readonly unknown[] = []
  let areas: readonly Area[] = NONE
  return (suspected: readonly SuspicionThen[], announced: readonly OutageThen[]) => {
    const now = [...suspected, ...announced]
    if (now.length === shown.length && now.every((one, i) => one === shown[i])) return areas
    shown = now
    areas = now.flatMap(({ outline }, id) =>
      outline ? [{ id, suspected: id < suspected.length, outline }] : [],
    )
    return areas
  }
}
