import { dateOfDay, dayOfIso, isoOf } from '#web/lib/city-time.ts'

/** Whole local days, half-open; day numbers since 1970-01-01. */
export interface Span {
  from: number
  to: number
}

export const RANGE_PRESETS = [
  'last7',
  'last30',
  'last90',
  'thisMonth',
  'lastMonth',
  'last365',
] as const
export type RangePreset = (typeof RANGE_PRESETS)[number]

/** `today` is in every preset but the previous month. */
export function presetSpan(preset: RangePreset, today: number): Span {
  const { date } = dateOfDay(today)
  const firstOfMonth = today - date + 1
  switch (preset) {
    case 'last7':
      return { from: today - 6, to: today + 1 }
    case 'last30':
      return { from: today - 29, to: today + 1 }
    case 'last90':
      return { from: today - 89, to: today + 1 }
    case 'thisMonth':
      return { from: firstOfMonth, to: today + 1 }
    case 'lastMonth':
      return { from: firstOfMonth - dateOfDay(firstOfMonth - 1).date, to: firstOfMonth }
    case 'last365':
      return { from: today - 364, to: today + 1 }
  }
}

/** As it stands in the address. */
export const spanToAddress = ({ from, to }: Span) => ({ from: isoOf(from), to: isoOf(to) })

/** The span in an address; null when it says none or nonsense. An end left out is today's. */
export function spanOfAddress(
  { from, to }: { from?: string; to?: string },
  today: number,
): Span | null {
  const [first, end] = [from ? dayOfIso(from) : Number.NaN, to ? dayOfIso(to) : today + 1]
  return Number.isFinite(first) && Number.isFinite(end) && first < end
    ? { from: first, to: end }
    : null
}
