import type { CityEvent, Recorded } from '#server/contract/events.ts'

type Changed = Extract<Recorded<CityEvent>, { type: 'source.test_mode_changed' }>

/** When each source was in test mode: what it registered then is a test. Few events, in whatever order they come. */
export function openTestPeriods() {
  const sources = new Map<string, Changed[]>()
  return {
    /** Returns since when requests of the source may be other than they were. */
    apply(event: Changed): { source: string; from: number } {
      const told = sources.get(event.of) ?? []
      if (!told.some((known) => known.id === event.id)) told.push(event)
      told.sort((a, b) => a.occurredAt - b.occurredAt || a.seq - b.seq)
      sources.set(event.of, told)
      return { source: event.of, from: event.occurredAt }
    },
    inTest: (source: string, instant: number): boolean =>
      sources.get(source)?.findLast((event) => event.occurredAt <= instant)?.test ?? false,
  }
}
