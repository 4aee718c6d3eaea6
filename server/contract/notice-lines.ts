import { inOneLine } from './hidden.ts'
import type { NoticeWords } from './notice-words/shape.ts'
import type { Evidence, NoticeLine } from './notices.ts'
import { inLanguage, type Language } from './vocabulary.ts'

/** Numbers and times as a page or a letter writes them. */
export interface NoticeFormat {
  language: Language
  number(value: number): string
  signed(value: number): string
  percent(share: number): string
  /** Seconds. */
  duration(seconds: number): string
}

export interface NoticeText {
  title: string
  /** Where it is, what it rests on; each by itself. */
  details: string[]
  /** The page that shows its rows, within the product. */
  path: string
}

/** What a notice says, in the words of a language: the same on the page, in a letter and in a chat. */
export function noticeText(
  line: Pick<NoticeLine, 'kind' | 'evidence'>,
  words: NoticeWords,
  format: NoticeFormat,
): NoticeText {
  const { title, details, path } = rawText(line, words, format)
  // Names are as their sources wrote them; here a break would begin a line of the message.
  return { title: inOneLine(title), details: details.map(inOneLine).filter(Boolean), path }
}

function rawText(
  { kind, evidence }: Pick<NoticeLine, 'kind' | 'evidence'>,
  words: NoticeWords,
  format: NoticeFormat,
): NoticeText {
  const { value, threshold, usual, count } = evidence
  const named = (one: Evidence['district']) =>
    one && (inLanguage(one.name, format.language) || one.id)
  const number = (n: number | null) => format.number(Math.round(n ?? 0))
  const [district, organization, building] = [
    named(evidence.district),
    named(evidence.organization),
    named(evidence.building),
  ]
  const where = organization ?? district ?? words.wholeCity
  const all = (...parts: (string | null | undefined | false)[]) =>
    parts.filter((part): part is string => Boolean(part))
  const atMost = usual !== null && words.atMost(number(usual))
  const path = pathOf(kind, evidence)
  switch (kind) {
    case 'emergencyOpen':
      return {
        title: words.emergencyOpen(number(value)),
        details: all(where, words.threshold(number(threshold))),
        path,
      }
    case 'emergencyAge':
      return {
        title: words.emergencyAge(format.duration(value * 60)),
        details: all(
          evidence.request && words.request(evidence.request),
          evidence.request === null && count !== null && words.emergencyOpen(number(count)),
          building,
          evidence.category && inLanguage(evidence.category, format.language),
          organization,
        ),
        path,
      }
    case 'outageSuspected':
      return {
        title: words.outageSuspected(
          evidence.resource ? words.resource[evidence.resource] : '',
          number(value),
        ),
        details: all(evidence.point, building, district),
        path,
      }
    case 'sourceSilent':
      return {
        title: words.sourceSilent(named(evidence.source) ?? '', format.duration(value * 60)),
        details: all(usual !== null && usual >= 1 && words.usuallyComes(number(usual))),
        path,
      }
    case 'overdueGrowth':
      return {
        title: words.overdueGrowth(format.signed(Math.round(count ?? 0))),
        details: all(where, atMost),
        path,
      }
    case 'openAboveUsual':
      return {
        title: words.openAboveUsual(number(count), format.percent(value / 100)),
        details: all(where, atMost),
        path,
      }
  }
}

/** The address of the rows behind a notice. */
export function pathOf(kind: NoticeLine['kind'], evidence: Evidence): string {
  const { district, organization, request, source } = evidence
  const rows = (...words: [string, string][]) => {
    const search = new URLSearchParams(words)
    if (organization) search.append('organization', organization.id)
    else if (district) search.append('district', district.id)
    return `/requests?${search}`
  }
  switch (kind) {
    case 'emergencyOpen':
      return rows(['is', 'open'], ['priority', 'emergency'])
    case 'emergencyAge':
      return request === null
        ? rows(['is', 'open'], ['priority', 'emergency'])
        : `/requests/${encodeURIComponent(request)}`
    case 'outageSuspected':
      return '/outages#suspected'
    case 'sourceSilent':
      return `/sources/${encodeURIComponent(source?.id ?? '')}`
    case 'overdueGrowth':
      return rows(['is', 'overdue'])
    case 'openAboveUsual':
      return rows(['is', 'open'])
  }
}
