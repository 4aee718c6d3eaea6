import { PRIORITIES } from '#server/contract/vocabulary.ts'

/** First years of the bands of building age; before the first, and without a year, are bands of their own. */
const BAND_FROM = [1960, 1980, 2000] as const
export const AGE_BANDS = ['before1960', '1960to1979', '1980to1999', 'from2000', 'unknown'] as const
export type AgeBand = (typeof AGE_BANDS)[number]
const UNKNOWN = AGE_BANDS.indexOf('unknown')

/** Position in AGE_BANDS; in SQL it is `BAND`. */
export function ageBandOf(year: number | null): number {
  if (year === null) return UNKNOWN
  const band = BAND_FROM.findIndex((from) => year < from)
  return band < 0 ? BAND_FROM.length : band
}

const BAND = `CASE ${BAND_FROM.map((year, band) => `WHEN year < ${year} THEN ${band}`).join(' ')} WHEN year IS NULL THEN ${UNKNOWN} ELSE ${BAND_FROM.length} END`

/**
 * Rows of `request` with the number of their stratum in the column `stratum`: category × priority × band of the building's
 * age. Nobody chose these for themselves; the crew, the contractor and the channel an organization chooses, so they are
 * never among them. A building that is not known has no age. `select` reads columns of `request`, `where` narrows it.
 */
export const stratified = (select: string, where: string): string => `(
      SELECT *, (category * ${PRIORITIES.length} + priority) * ${AGE_BANDS.length} + coalesce(band, ${UNKNOWN}) AS stratum
      FROM (SELECT category, priority, building AS house, ${select} FROM request WHERE ${where}) AS judged
      LEFT JOIN (SELECT building AS house, ${BAND} AS band FROM building) AS age USING (house))`

/** What the number of a stratum stands for. */
export function stratumIn(stratum: number): { category: number; priority: number; band: AgeBand } {
  const band = AGE_BANDS[stratum % AGE_BANDS.length] ?? 'unknown'
  const rest = Math.floor(stratum / AGE_BANDS.length)
  return {
    category: Math.floor(rest / PRIORITIES.length),
    priority: rest % PRIORITIES.length,
    band,
  }
}
