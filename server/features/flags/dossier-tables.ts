import { inLanguage } from '#server/contract/vocabulary.ts'
import type { DossierFacts } from './dossier-facts.ts'
import type { DossierFormat } from './dossier-format.ts'
import type { Block } from './dossier-model.ts'
import { filled } from './dossier-text.ts'
import type { DossierWords } from './dossier-words.ts'

export function figures(facts: DossierFacts, words: DossierWords, format: DossierFormat): Block {
  const { figures: w } = words
  const { figures, share, whole, measure, thresholds } = facts
  const pace = measure === 'pace'
  const interval = format.range(figures.lower, figures.upper, 2)
  return {
    kind: 'table',
    caption: words.section.figures,
    head: false,
    columns: [{ title: '' }, { title: '', end: true, strong: true }, { title: '', quiet: true }],
    rows: [
      [w.n[measure], format.number(figures.n), w.nNote[measure]],
      [
        w.observed[measure],
        format.number(figures.observed),
        share
          ? `${format.percent(share.share)} (${format.percentRange(share.lower, share.upper)})`
          : filled(w.closed, closings(facts, format)),
      ],
      ...(pace || whole.n === 0
        ? []
        : [
            [
              w.city,
              format.percent(whole.observed / whole.n),
              filled(w.cityNote, {
                observed: format.number(whole.observed),
                n: format.number(whole.n),
              }),
            ],
          ]),
      [
        w.expected,
        format.number(figures.expected, 1),
        filled(w.strata, { n: format.number(facts.strata) }),
      ],
      [pace ? w.ratioOfPace : w.ratio, format.number(figures.ratio, 2), interval],
      [w.z, format.number(facts.z, 2), filled(w.limit, { limit: format.number(thresholds.z, 2) })],
      [
        w.zDispersed,
        format.number(facts.zDispersed, 2),
        filled(w.spread, { n: format.number(Math.sqrt(facts.peers.tau2), 3) }),
      ],
      facts.q === null
        ? [w.q, w.notTested, '']
        : [
            w.q,
            format.chance(facts.q),
            facts.path === 'b'
              ? w.notAsked
              : filled(w.limit, { limit: format.number(thresholds.q, 2) }),
          ],
      [
        w.lower,
        format.number(figures.lower, 2),
        filled(w.limit, { limit: format.number(thresholds.excess, 2) }),
      ],
    ],
  }
}

/** Of pace: what was closed by the cut, and what of it after the horizon. */
export const closings = ({ figures, requests }: DossierFacts, { number }: DossierFormat) => ({
  closed: number(figures.observed + requests.beyond.length),
  beyond: number(requests.beyond.length),
})

export function others(
  { others }: DossierFacts,
  words: DossierWords,
  format: DossierFormat,
): Block[] {
  if (others.length === 0) return []
  return [
    {
      kind: 'table',
      caption: words.others.caption,
      head: true,
      columns: [
        { title: words.others.measure },
        { title: words.parts.happened, end: true },
        { title: words.parts.ratio, end: true },
        { title: words.others.level },
      ],
      rows: others.map(({ measure, level, observed, expected, ratio, lower, upper }) => [
        words.measure[measure],
        `${format.number(observed)} / ${format.number(expected, 1)}`,
        `${format.number(ratio, 2)} (${format.range(lower, upper, 2)})`,
        words.others.levels[level],
      ]),
    },
  ]
}

export function parts(
  facts: DossierFacts,
  words: DossierWords,
  format: DossierFormat,
  of: 'categories' | 'buildings',
): Block {
  const { parts: w } = words
  return {
    kind: 'table',
    caption: words.section[of],
    head: true,
    columns: [
      { title: of === 'categories' ? w.category : w.building },
      { title: w.n, end: true },
      { title: w.happened, end: true },
      { title: w.excess, end: true, strong: true },
      { title: of === 'categories' ? w.ratio : w.without, end: true },
    ],
    about: {
      of: of === 'categories' ? 'category' : 'building',
      ids: facts[of].map(({ id }) => id),
    },
    rows: facts[of].map(({ name, n, observed, expected, ratio }) => [
      name ? inLanguage(name, format.language) : w.unknown,
      format.number(n),
      `${format.number(observed)} / ${format.number(expected, 1)}`,
      format.number(observed - expected, 1),
      ratio
        ? `${format.number(ratio.ratio, 2)} (${format.range(ratio.lower, ratio.upper, 2)})`
        : '\u2013',
    ]),
  }
}

export function norms({ norms }: DossierFacts, words: DossierWords, format: DossierFormat): Block {
  const { norms: w } = words
  if (norms.length === 0) return { kind: 'text', spans: [w.none] }
  return {
    kind: 'table',
    caption: words.section.norms,
    head: true,
    columns: [
      { title: w.norm },
      { title: w.citation },
      { title: w.mark },
      { title: w.requests, end: true },
    ],
    rows: norms.map(({ name, citation, verified, requests }) => [
      inLanguage(name, format.language),
      inLanguage(citation, format.language),
      verified
        ? filled(w.verified, { by: verified.by, on: format.day(verified.on) })
        : w.unverified,
      format.number(requests),
    ]),
  }
}

export function hashes(
  facts: DossierFacts,
  words: DossierWords,
  format: DossierFormat,
  form: number,
): Block {
  const { hashes: w } = words
  const { policy, data } = facts
  return {
    kind: 'table',
    caption: words.section.hashes,
    head: false,
    columns: [{ title: w.what }, { title: w.value }],
    rows: [
      [w.measure, `${facts.measure}@${facts.version}`],
      [w.policy, `${policy.version}; ${policy.validFrom}; ${policy.hash}`],
      [w.cut, format.instant(facts.period.cut)],
      [w.log, String(data.seq)],
      [w.inputs, data.hash],
      [w.tested, String(facts.tested)],
      [w.form, String(form)],
    ],
  }
}
