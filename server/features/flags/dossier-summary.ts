import type { DossierFacts } from './dossier-facts.ts'
import type { DossierFormat } from './dossier-format.ts'
import type { Span } from './dossier-model.ts'
import { closings } from './dossier-tables.ts'
import { filled, rich } from './dossier-text.ts'
import type { DossierWords } from './dossier-words.ts'

const NEVER = 1e-6
const LEAST = 0.001

/** The figures in words, in the order of method.md section 8. */
export function summarySpans(
  facts: DossierFacts,
  words: DossierWords,
  format: DossierFormat,
): Span[] {
  const { summary } = words
  const { figures, measure, period, peers, level } = facts
  const interval = format.range(figures.lower, figures.upper, 2)
  const values = {
    name: facts.organization.name,
    from: format.day(period.from),
    to: format.day(format.lastDay(period.to)),
    n: format.number(figures.n),
    observed: format.number(figures.observed),
    expected: format.number(figures.expected, 1),
    ratio: format.number(figures.ratio, 2),
    interval,
    ...closings(facts, format),
  }
  const above = facts.quarters.filter(({ ratio }) => ratio > 1).length
  const without = facts.variants.find(({ variant }) => variant === 'withoutBuilding')?.figures
  return [
    ...rich(summary.happened[measure], values),
    ...rich(summary.expected[measure], values, ' '),
    ...rich(measure === 'pace' ? summary.ratioOfPace : summary.ratio, values, ' '),
    ...(level === 'insufficient'
      ? rich(summary.few, {}, ' ')
      : [
          ...rich(summary.chance, { chance: chanceOf(facts.pChance, words, format) }, ' '),
          ...rich(
            summary.peers,
            {
              thisFar: thisFar(peers.thisFar, format),
              judged: format.number(peers.judged),
              z: format.number(facts.zDispersed, 2),
              q:
                facts.q === null
                  ? ''
                  : `; q ${facts.q < 1e-6 ? '' : '= '}${format.chance(facts.q)}`,
            },
            ' ',
          ),
        ]),
    ...(facts.quarters.length > 0
      ? rich(
          measure === 'pace' ? summary.quartersOfPace : summary.quarters,
          { above: format.number(above), of: format.number(facts.quarters.length) },
          ' ',
        )
      : []),
    ...(without ? rich(summary.without, { ratio: format.number(without.ratio, 2) }, ' ') : []),
  ]
}

const thisFar = (count: number, { number }: DossierFormat) =>
  count < LEAST ? `< ${number(LEAST, 3)}` : number(count, count < 0.1 ? 3 : 1)

function chanceOf(p: number, { chance }: DossierWords, { number }: DossierFormat): string {
  if (p >= 0.1) return chance.often
  if (p < NEVER) return chance.rare
  return filled(chance.oneIn, { n: number(Number((1 / p).toPrecision(2))) })
}
