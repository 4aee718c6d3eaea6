import { funnelDrawing, quartersDrawing } from './dossier-drawings.ts'
import type { DossierFacts } from './dossier-facts.ts'
import type { DossierFormat } from './dossier-format.ts'
import type { Block, Section, SectionId } from './dossier-model.ts'
import { sensitivityBlocks } from './dossier-sensitivity.ts'
import { summarySpans } from './dossier-summary.ts'
import { figures, hashes, norms, others, parts } from './dossier-tables.ts'
import { filled, rich } from './dossier-text.ts'
import type { DossierWords } from './dossier-words.ts'

/** Every section in the order in which it is read: what happened, does it hold, from what, by which rules. */
export function sectionsOf(
  facts: DossierFacts,
  words: DossierWords,
  format: DossierFormat,
  form: number,
): Section[] {
  const { measure, requests, peers } = facts
  const section = (id: Exclude<SectionId, 'course'>, blocks: Block[]): Section => ({
    id,
    title: words.section[id],
    blocks,
  })
  const numbers = (caption: string, of: readonly string[]): Block[] => [
    { kind: 'note', text: filled(caption, { n: format.number(of.length) }) },
    of.length === 0
      ? { kind: 'note', text: words.requests.none }
      : { kind: 'numbers', caption: filled(caption, { n: format.number(of.length) }), numbers: of },
  ]
  return [
    section('summary', [{ kind: 'text', spans: summarySpans(facts, words, format) }]),
    section('figures', [figures(facts, words, format), ...others(facts, words, format)]),
    section('peers', [
      funnelDrawing(
        facts,
        format.number,
        filled(words.peers.label, {
          name: facts.organization.name,
          ratio: format.number(facts.figures.ratio, 2),
          expected: format.number(facts.figures.expected, 1),
          n: format.number(peers.points.length),
        }),
      ),
      { kind: 'note', text: words.peers.caption },
    ]),
    section('quarters', quarters(facts, words, format)),
    section('sensitivity', sensitivityBlocks(facts, words, format)),
    section('categories', [parts(facts, words, format, 'categories')]),
    section('buildings', [parts(facts, words, format, 'buildings')]),
    section('norms', [norms(facts, words, format)]),
    section('reply', [
      {
        kind: 'text',
        spans: facts.replyUntil
          ? rich(words.reply.open, { until: format.day(facts.replyUntil) })
          : [words.reply.none],
      },
      {
        kind: 'text',
        spans: [filled(words.reply.maySubmit, { list: `${words.reply.may.join('; ')}.` })],
      },
    ]),
    section('method', [
      { kind: 'text', spans: [words.method[measure]] },
      { kind: 'text', spans: [words.method.adjusted] },
      { kind: 'text', spans: [filled(words.method.expected[measure], rulesOf(facts, format))] },
    ]),
    section('group', [
      {
        kind: 'text',
        spans: [peers.names.map(({ name, n }) => `${name} (${format.number(n)})`).join('; ')],
      },
      { kind: 'note', text: words.group.caption },
    ]),
    section('events', [
      ...numbers(words.requests.events[measure], requests.events),
      ...(facts.horizon && requests.beyond.length > 0
        ? numbers(
            filled(words.requests.beyond, { days: daysOf(facts.horizon, format) }),
            requests.beyond,
          )
        : []),
    ]),
    section('others', numbers(words.requests.others[measure], requests.others)),
    section('hashes', [hashes(facts, words, format, form)]),
    section(
      'limits',
      words.limits.map((text): Block => ({ kind: 'note', text })),
    ),
  ]
}

const DAY_S = 86_400

function daysOf({ least, most }: NonNullable<DossierFacts['horizon']>, format: DossierFormat) {
  const [first, last] = [least, most].map((seconds) => format.number(seconds / DAY_S, 1))
  return first === last ? `${first}` : `${first}–${last}`
}

const rulesOf = ({ expectation }: DossierFacts, { number, percent }: DossierFormat) => ({
  share: percent(expectation.maxStratumShare, 0),
  least: number(expectation.minStratum),
  borrowed: number(expectation.borrowed),
  horizon: percent(expectation.horizon, 0),
})

function quarters(facts: DossierFacts, words: DossierWords, format: DossierFormat): Block[] {
  const pace = facts.measure === 'pace'
  const named = facts.quarters.map(({ lower, upper, ...quarter }) => ({
    ...quarter,
    // The ratio of pace is turned over: the slower end is that of fewer closings.
    least: pace ? quarter.expected / upper : quarter.expected * lower,
    most: pace ? quarter.expected / lower : quarter.expected * upper,
    name: `${format.monthShort(quarter.from)}\u2013${format.monthShort(format.lastDay(quarter.to))}`,
  }))
  const label = named
    .map(({ name, observed, expected }) =>
      filled(words.quarters.label, {
        period: name,
        observed: format.number(observed),
        expected: format.number(expected, 1),
      }),
    )
    .join(' ')
  return [
    quartersDrawing(named, format.number, label),
    { kind: 'note', text: words.quarters.caption },
  ]
}
