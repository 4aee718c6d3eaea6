import type { NoticeKind, Severity } from '#server/contract/notices.ts'
import type { Resource } from '#server/contract/vocabulary.ts'

/** What a notice says, on the page as in a letter. */
export interface NoticeWords {
  product: string
  severity: Record<Severity, string>
  /** What a rule watches; its name where nobody gave one. */
  kind: Record<NoticeKind, string>
  resource: Record<Resource, string>
  wholeCity: string
  emergencyOpen: (n: string) => string
  emergencyAge: (lasts: string) => string
  outageSuspected: (resource: string, houses: string) => string
  sourceSilent: (source: string, lasts: string) => string
  overdueGrowth: (grown: string) => string
  openAboveUsual: (open: string, percent: string) => string
  threshold: (n: string) => string
  atMost: (n: string) => string
  usuallyComes: (n: string) => string
  request: (number: string) => string
  since: (time: string) => string
  lasted: (lasts: string) => string
  over: (title: string) => string
  /** Headings of the parts of a message. */
  began: string
  overHead: string
  standing: string
  more: (n: string) => string
  repeat: string
  test: string
  testBody: string
  open: string
  footer: (city: string) => string
}
