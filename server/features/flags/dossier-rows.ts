import { z } from 'zod'
import { EVERYTHING } from '#server/contract/filter.ts'
import type { Evaluated } from '#server/contract/flags.ts'
import type { Words } from '#server/contract/vocabulary.ts'
import { endOfBin } from '#server/judgement/horizon.ts'
import { OBSERVED_BIN } from '#server/judgement/inputs.ts'
import { JUDGED_ROWS } from '#server/judgement/judged-rows.ts'
import { frozen, type Period } from '#server/judgement/period.ts'
import { stratified } from '#server/judgement/strata.ts'
import { IS } from '#server/metrics.ts'
import { ask, type Question } from '#server/store/ask.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import type { DossierFacts, NormFacts } from './dossier-facts.ts'

const DUE = `${IS.duePassed} AND ${IS.appeal}`
/** Of judged rows, those of a measure, and those of them that count; of pace those that were not closed by the cut. */
const ROWS: Record<Evaluated, { among: string; events: string }> = {
  reopened: { among: IS.closedLongAgo, events: IS.cameBack },
  late: { among: DUE, events: IS.pastDue },
  pace: { among: 'true', events: '(closed_at IS NULL OR closed_at > $now)' },
}

const numbersOf = (measure: Evaluated) => ({
  name: `dossier.numbers.${measure}`,
  sql: `
    SELECT public_number AS number, counts, stratum, bin
    FROM ${stratified(
      `request, coalesce(number, CAST(request AS VARCHAR)) AS public_number, ${OBSERVED_BIN} AS bin,
        CASE WHEN ${ROWS[measure].events} THEN 1 ELSE 0 END AS counts`,
      `${WITHIN_FILTER} AND ${JUDGED_ROWS} AND ${ROWS[measure].among}`,
    )} AS one
    ORDER BY public_number, request`,
  row: z.object({
    number: z.string(),
    counts: z.coerce.number(),
    stratum: z.coerce.number(),
    bin: z.coerce.number(),
  }),
})
const basesOf = (measure: Evaluated) => ({
  name: `dossier.bases.${measure}`,
  sql: `
    SELECT due_basis AS basis, CAST(count(*) AS INTEGER) AS requests
    FROM request
    WHERE ${WITHIN_FILTER} AND ${JUDGED_ROWS} AND ${ROWS[measure].among} AND due_basis IS NOT NULL
    GROUP BY due_basis
    ORDER BY requests DESC, basis`,
  row: z.object({ basis: z.string(), requests: z.coerce.number() }),
})
const each = <Q>(make: (measure: Evaluated) => Q): Record<Evaluated, Q> => ({
  reopened: make('reopened'),
  late: make('late'),
  pace: make('pace'),
})
export const DOSSIER_NUMBERS = each(numbersOf) satisfies Record<Evaluated, Question<unknown>>
export const DOSSIER_BASES = each(basesOf) satisfies Record<Evaluated, Question<unknown>>

interface Whose {
  organization: string
  measure: Evaluated
  /** From the day since which it is judged. */
  period: Period
}

/** Public numbers of every judged request, told apart by what it counts as; `horizons` are those of pace, by stratum. */
export async function requestNumbers(
  { engine, registry, now }: Pick<Context, 'engine' | 'registry' | 'now'>,
  { organization, measure, period }: Whose,
  horizons: ReadonlyMap<number, number>,
): Promise<Pick<DossierFacts, 'requests' | 'horizon'>> {
  const filter = frozen({ ...EVERYTHING, organization: [organization] }, period)
  const rows = await ask(engine, DOSSIER_NUMBERS[measure], bindFilter(filter, registry, now()))
  const isBeyond = ({ counts, stratum, bin }: (typeof rows)[number]) =>
    counts === 0 && bin > (horizons.get(stratum) ?? Number.POSITIVE_INFINITY)
  const numbers = (some: typeof rows) => some.map(({ number }) => number)
  const beyond = rows.filter(isBeyond)
  const ends = beyond.map(({ stratum }) => endOfBin(horizons.get(stratum) ?? 0))
  return {
    requests: {
      events: numbers(rows.filter(({ counts }) => counts === 1)),
      beyond: numbers(beyond),
      others: numbers(rows.filter((row) => row.counts === 0 && !isBeyond(row))),
    },
    horizon: ends.length === 0 ? null : { least: least(ends), most: -least(ends.map((at) => -at)) },
  }
}

const least = (values: readonly number[]) =>
  values.reduce((found, value) => Math.min(found, value), Number.POSITIVE_INFINITY)

const MOST = 6

/** The norms that set the due times of judged requests, those of most requests first, each with its source and mark. */
export async function normsOf(
  { engine, registry, now, norms }: Pick<Context, 'engine' | 'registry' | 'now' | 'norms'>,
  { organization, measure, period }: Whose,
): Promise<NormFacts[]> {
  const filter = frozen({ ...EVERYTHING, organization: [organization] }, period)
  const rows = await ask(engine, DOSSIER_BASES[measure], bindFilter(filter, registry, now()))
  return rows.slice(0, MOST).flatMap(({ basis, requests }) => {
    const found = norms.find(basis)
    if (!found) return []
    const { norm } = found
    const [cited] = norm.citations
    return [
      {
        ...{ ref: basis, name: norm.name, requests, verified: norm.verified },
        citation: withParagraph(cited?.title ?? {}, cited?.paragraph),
      },
    ]
  })
}

const withParagraph = (title: Words, paragraph: string | undefined): Words =>
  paragraph
    ? Object.fromEntries(
        Object.entries(title).map(([language, text]) => [language, `${text}, ${paragraph}`]),
      )
    : title
