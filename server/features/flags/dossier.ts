import { createHash } from 'node:crypto'
import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import type { Evaluated } from '#server/contract/flags.ts'
import { inLanguage, LANGUAGES, type Language } from '#server/contract/vocabulary.ts'
import { canonicalJson } from '#server/log/canonical.ts'
import { EN } from './dossier-en.ts'
import type { DossierFacts } from './dossier-facts.ts'
import { fourthFacts, fourthWords } from './dossier-form-4.ts'
import { dossierFormat } from './dossier-format.ts'
import { KK } from './dossier-kk.ts'
import type { Dossier } from './dossier-model.ts'
import { RU } from './dossier-ru.ts'
import { sectionsOf } from './dossier-sections.ts'
import { filled, rich } from './dossier-text.ts'
import { warnedSpans } from './dossier-warned.ts'

const WORDS = { ru: RU, kk: KK, en: EN }

/** Words of the filter that open the rows of a measure. */
const ROWS: Record<Evaluated, { among: Filter['is']; events: Filter['is'] }> = {
  reopened: {
    among: ['mature', 'incidentHead'],
    events: ['mature', 'returned', 'incidentHead'],
  },
  late: { among: ['due', 'incidentHead'], events: ['due', 'late', 'incidentHead'] },
  pace: {
    among: ['sound', 'kept', 'incidentHead'],
    events: ['sound', 'kept', 'incidentHead', 'closedByCut'],
  },
}

/** Grows when the same facts give another document. */
export const FORM = 5
/** Forms that can still be made, so that what was frozen in them can be proven; the newest first. */
export const FORMS = [FORM, 4] as const
type Form = (typeof FORMS)[number]

/** The evidence sheet of frozen facts in a language: pure, the same for ever. */
export function dossierOf(told: DossierFacts, language: Language, form: Form = FORM): Dossier {
  const facts = form === 4 ? fourthFacts(told) : told
  const words = form === 4 ? fourthWords(WORDS[language], language) : WORDS[language]
  const format = dossierFormat(language, facts.zone)
  const { notice, foot } = words
  const { policy, data, period, requests } = facts
  const base: Filter = {
    ...EVERYTHING,
    ...{ organization: [facts.organization.id], from: period.from, to: period.to },
    cut: new Date(period.cut).toISOString(),
  }
  const numbers = requests.events.length + requests.beyond.length + requests.others.length
  return {
    form,
    language,
    running: {
      city: inLanguage(facts.city, language),
      office: words.office,
      number: filled(words.number, { id: facts.flag }),
      sheet: words.sheet,
    },
    title: filled(words.title[facts.level], { measure: words.measure[facts.flagged] }),
    subject: facts.organization.name,
    level: facts.level,
    notice: [
      { strong: notice.strong[facts.level] },
      ...(facts.proposedOn ? rich(notice.proposed, { on: format.day(facts.proposedOn) }, ' ') : []),
      ...(facts.path ? rich(notice.path[facts.path], {}, ' ') : []),
      ...warnedSpans(facts, language, format),
      ...(facts.replyUntil ? rich(notice.reply, { until: format.day(facts.replyUntil) }, ' ') : []),
      ...(facts.nextOn ? rich(notice.next, { on: format.day(facts.nextOn) }, ' ') : []),
    ],
    sections: sectionsOf(facts, words, format, form),
    rows: {
      among: { ...base, is: ROWS[facts.measure].among },
      events: { ...base, is: ROWS[facts.measure].events },
    },
    foot: [
      {
        title: foot.data,
        lines: [filled(foot.asOf, { cut: format.instant(period.cut), hash: short(data.hash) })],
      },
      {
        title: foot.rules,
        lines: [
          filled(foot.rulesOf, {
            version: String(policy.version),
            from: format.day(policy.validFrom),
          }),
          filled(foot.measureOf, { token: `${facts.measure}@${facts.version}` }),
        ],
      },
      { title: foot.list, lines: [filled(foot.numbers, { n: format.number(numbers) })] },
      { title: foot.signature, lines: [] },
    ],
  }
}

/** The same sheet with a strong sentence in front of its notice: why it is not the frozen one. */
export const withLoss = (dossier: Dossier, lost: 'missing' | 'damaged', flag: string): Dossier => {
  const strong = filled(WORDS[dossier.language].notice.lost[lost], { flag })
  return { ...dossier, notice: [{ strong }, ' ', ...dossier.notice] }
}

const short = (hash: string) => `${hash.slice(0, 8)} … ${hash.slice(-4)}`

/** What is hashed and reproduced byte for byte: the document in all languages, as JSON with sorted keys. */
export const canonicalDossier = (facts: DossierFacts, form: Form = FORM): string =>
  canonicalSheets((language) => dossierOf(facts, language, form))

export const dossierHash = (facts: DossierFacts, form: Form = FORM): string =>
  sheetsHash((language) => dossierOf(facts, language, form))

const canonicalSheets = (sheet: (language: Language) => Dossier): string =>
  canonicalJson(LANGUAGES.map(sheet))

export const sheetsHash = (sheet: (language: Language) => Dossier): string =>
  createHash('sha256').update(canonicalSheets(sheet)).digest('hex')
