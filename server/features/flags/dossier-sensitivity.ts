import { inLanguage } from '#server/contract/vocabulary.ts'
import { ratiosDrawing } from './dossier-drawings.ts'
import type { DossierFacts, VariantFacts } from './dossier-facts.ts'
import type { DossierFormat } from './dossier-format.ts'
import type { Block } from './dossier-model.ts'
import { filled } from './dossier-text.ts'
import type { DossierWords } from './dossier-words.ts'

/** Beyond it the two ways to adjust are said to differ (method, section 4). */
const ALIKE = 0.05

/** The same question asked otherwise: the picture of those that have an answer, and the table of all. */
export function sensitivityBlocks(
  facts: DossierFacts,
  words: DossierWords,
  format: DossierFormat,
): Block[] {
  const { sensitivity: w } = words
  const named = facts.variants.map((of) => ({ ...of, name: nameOf(of, words, format) }))
  const answered = named.flatMap(({ name, figures }) => (figures ? [{ name, ...figures }] : []))
  const label = answered.map(({ name, ratio }) => `${name}: ${format.number(ratio, 2)}.`).join(' ')
  const accepted = facts.figures.ratio
  const logistic = facts.variants.find(({ variant }) => variant === 'logistic')?.figures
  const apart = logistic ? Math.abs(logistic.ratio - accepted) : null
  return [
    ratiosDrawing(
      answered,
      { level: facts.level, excess: facts.thresholds.excess },
      format.number,
      label,
    ),
    { kind: 'note', text: w.caption },
    ...(apart === null
      ? []
      : [
          {
            kind: 'note' as const,
            text: filled(apart > ALIKE ? w.differs : w.agrees, { n: format.number(apart, 3) }),
          },
        ]),
    {
      kind: 'table',
      caption: words.section.sensitivity,
      head: true,
      columns: [
        { title: w.question },
        { title: w.n, end: true },
        { title: w.observed, end: true },
        { title: w.expected, end: true },
        { title: w.ratio, end: true, strong: true },
        { title: w.interval, end: true },
      ],
      rows: named.map(({ name, figures }) =>
        figures
          ? [
              name,
              format.number(figures.n),
              format.number(figures.observed),
              format.number(figures.expected, 1),
              format.number(figures.ratio, 2),
              format.range(figures.lower, figures.upper, 2),
            ]
          : [name, '', '', '', w.noAnswer, ''],
      ),
    },
  ]
}

const nameOf = (
  { variant, building, week }: VariantFacts,
  words: DossierWords,
  format: DossierFormat,
) =>
  filled(words.variant[variant], {
    building: building ? inLanguage(building, format.language) : words.parts.unknown,
    week: week ? format.day(week) : '',
  })
