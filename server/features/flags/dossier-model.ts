import type { Filter } from '#server/contract/filter.ts'
import type { Language } from '#server/contract/vocabulary.ts'

/** Roles of colour; a screen takes them from its theme, paper has its own. */
export type Ink =
  | 'ink'
  | 'ink2'
  | 'ink3'
  | 'hairline'
  | 'volume2'
  | 'volume3'
  | 'volume4'
  | 'inspect'
  | 'watch'
  | 'good'
  | 'surface'

/** What a picture is made of, in its own units, the origin top left. */
export type Mark =
  | {
      path: string
      fill?: Ink
      stroke?: Ink
      width?: number
      dash?: string
      /** Of the fill; 1 if not told. */
      opacity?: number
    }
  | {
      text: string
      x: number
      y: number
      anchor?: 'start' | 'middle' | 'end'
      size?: number
      strong?: boolean
      ink?: Ink
    }

export interface Drawing {
  kind: 'drawing'
  width: number
  height: number
  marks: Mark[]
  /** What it shows, for those who do not see it. */
  label: string
}

export type Span = string | { strong: string }
export interface Column {
  title: string
  end?: true
  strong?: true
  /** Secondary: smaller and lighter. */
  quiet?: true
}
export type Block =
  | { kind: 'text'; spans: Span[] }
  | { kind: 'note'; text: string }
  | {
      kind: 'table'
      caption: string
      head: boolean
      columns: Column[]
      rows: string[][]
      /** What each row is about, by id, so that its requests can be opened; null = not known. */
      about?: { of: 'category' | 'building'; ids: (string | null)[] }
    }
  | { kind: 'numbers'; caption: string; numbers: readonly string[] }
  | Drawing

export const SECTIONS = [
  'summary',
  'figures',
  'peers',
  'quarters',
  'sensitivity',
  'categories',
  'buildings',
  'norms',
  'reply',
  'method',
  'group',
  'events',
  'others',
  'hashes',
  'limits',
] as const
/** `course` is what was said later; it is added and not part of what is hashed. */
export type SectionId = (typeof SECTIONS)[number] | 'course'

export interface Section {
  id: SectionId
  title: string
  blocks: Block[]
}

/** An evidence sheet as an ordered document, ready to be shown, printed or hashed. */
export interface Dossier {
  /** Grows when the same facts give another document. */
  form: number
  language: Language
  /** Of the running head: who, what, and the word for a sheet. */
  running: { city: string; office: string; number: string; sheet: string }
  title: string
  subject: string
  level: 'inspect' | 'watch' | 'good' | 'none' | 'insufficient'
  notice: Span[]
  sections: Section[]
  /** What opens the requests: those that were judged, and those of them that count (of pace, that were closed). */
  rows: { among: Filter; events: Filter }
  /** The last lines of the first sheet. */
  foot: { title: string; lines: string[] }[]
}
