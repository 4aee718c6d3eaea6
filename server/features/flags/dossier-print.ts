import type { Block, Dossier, Section, SectionId } from './dossier-model.ts'
import { blockOf, CONTENT, LEFT, type Printed, spans } from './dossier-print-blocks.ts'
import { PAPER } from './dossier-svg.ts'
import { filled } from './dossier-text.ts'

const GAP = 24
/** Where the foot of the first sheet stands. */
const FOOT = 750
const HALF = (CONTENT - GAP) / 2
const SIGNATURE = (CONTENT - 3 * 14) / 4

/**
 * The dossier on paper, the first sheet whole in itself: what is said, the figures, the pictures, the signature. The tables,
 * the lists of requests and what was said later follow. `later` is added and never changes what stands before it.
 */
export function printed(dossier: Dossier, hash: string, later: readonly Section[]): Printed {
  const section = (id: SectionId) => dossier.sections.find((one) => one.id === id)
  const { running } = dossier
  return {
    pageSize: 'A4',
    pageMargins: [LEFT, 60, LEFT, 42],
    defaultStyle: { font: 'Golos', fontSize: 9.5, lineHeight: 1.25, color: PAPER.ink },
    info: {
      title: `${dossier.title}. ${dossier.subject}`,
      author: `${running.city}, ${running.office}`,
      subject: running.number,
      keywords: hash,
      creator: 'Domovoi',
      producer: 'Domovoi',
    },
    language: dossier.language,
    header: (page: number, pages: number) => head(dossier, page, pages),
    footer: () => ({
      text: `sha256 ${hash}`,
      ...{ margin: [LEFT, 14, LEFT, 0], fontSize: 7, color: PAPER.ink3 },
    }),
    content: [
      foot(dossier),
      { text: `${dossier.title}.`, fontSize: 17, bold: true, lineHeight: 1.1 },
      { text: dossier.subject, fontSize: 17, bold: true, lineHeight: 1.1, margin: [0, 0, 0, 8] },
      notice(dossier),
      ...blocksOf(section('summary')).map((block) => blockOf(block, { size: 9.5 })),
      rule(),
      pair(
        half(section('figures'), (_, i) => i === 0),
        half(section('peers'), () => true),
      ),
      rule(),
      pair(
        half(section('quarters'), () => true),
        half(section('sensitivity'), (_, i) => i < 2),
      ),
      rule(),
      ...reply(section('reply')),
      { text: '', pageBreak: 'after' },
      ...wide(section('sensitivity'), (_, i) => i >= 2),
      ...sectionOf(section('categories')),
      ...sectionOf(section('buildings')),
      ...wide(section('figures'), (_, i) => i > 0, captionOf(section('figures'))),
      ...sectionOf(section('norms')),
      ...sectionOf(section('method')),
      ...sectionOf(section('hashes')),
      ...sectionOf(section('limits')),
      ...sectionOf(section('group')),
      ...later.flatMap(sectionOf),
      ...sectionOf(section('events')),
      ...sectionOf(section('others')),
    ],
  }
}

const blocksOf = (section: Section | undefined) => section?.blocks ?? []
const titleOf = (section: Section): Printed => ({
  text: section.title,
  ...{ bold: true, fontSize: 10.5, margin: [0, 4, 0, 4], headlineLevel: 1 },
})

function sectionOf(section: Section | undefined): Printed[] {
  if (!section) return []
  return [titleOf(section), ...section.blocks.map((block) => blockOf(block, {})), space(8)]
}

const captionOf = (section: Section | undefined) => {
  const last = section?.blocks.at(-1)
  return last?.kind === 'table' ? last.caption : undefined
}

/** What may be submitted, small enough to stay on the first sheet. */
function reply(section: Section | undefined): Printed[] {
  if (!section) return []
  return [titleOf(section), ...section.blocks.map((block) => blockOf(block, { size: 8 }))]
}

type Chosen = (block: Block, index: number) => boolean

function wide(section: Section | undefined, chosen: Chosen, title?: string): Printed[] {
  if (!section?.blocks.some(chosen)) return []
  const blocks = section.blocks.filter(chosen)
  return [
    titleOf(title ? { ...section, title } : section),
    ...blocks.map((block) => blockOf(block, {})),
    space(8),
  ]
}

/** The table of figures has no head: its caption is the title of the section. */
function half(section: Section | undefined, chosen: Chosen): Printed[] {
  if (!section) return []
  return [
    titleOf(section),
    ...section.blocks.filter(chosen).map((block) => blockOf(block, { width: HALF })),
  ]
}

const pair = (left: Printed[], right: Printed[]): Printed => ({
  columns: [
    { width: HALF, stack: left },
    { width: HALF, stack: right },
  ],
  columnGap: GAP,
})
const space = (height: number): Printed => ({ text: '', margin: [0, height, 0, 0], fontSize: 1 })
const line = (width: number, colour: string, x = 0) => ({
  ...{ type: 'line', x1: x, y1: 0, x2: x + width, y2: 0 },
  ...{ lineWidth: 0.75, lineColor: colour },
})
const rule = (): Printed => ({ canvas: [line(CONTENT, PAPER.hairline)], margin: [0, 6, 0, 3] })

function head({ running }: Dossier, page: number, pages: number): Printed {
  const sheet = filled(running.sheet, { page: String(page), pages: String(pages) })
  return {
    margin: [LEFT, 30, LEFT, 0],
    stack: [
      {
        columns: [
          {
            width: 'auto',
            text: [{ text: running.city, bold: true }, `, ${running.office}`],
          },
          { width: '*', text: running.number, alignment: 'center' },
          { width: 'auto', text: sheet },
        ],
        ...{ fontSize: 8.5, color: PAPER.ink2, columnGap: 12 },
      },
      { canvas: [line(CONTENT, PAPER.ink)], margin: [0, 5, 0, 0] },
    ],
  }
}

const EDGE: Record<Dossier['level'], string> = {
  inspect: PAPER.inspect,
  watch: PAPER.watch,
  good: PAPER.good,
  none: PAPER.hairline,
  insufficient: PAPER.hairline,
}

function notice(dossier: Dossier): Printed {
  const colour = EDGE[dossier.level]
  return {
    table: { widths: ['*'], body: [[{ text: spans(dossier.notice), fontSize: 9.5 }]] },
    layout: {
      hLineWidth: () => 1,
      vLineWidth: (i: number) => (i === 0 ? 4 : 1),
      hLineColor: () => colour,
      vLineColor: () => colour,
      ...{ paddingLeft: () => 10, paddingRight: () => 10 },
      ...{ paddingTop: () => 6, paddingBottom: () => 5 },
    },
    margin: [0, 0, 0, 9],
  }
}

function foot({ foot }: Dossier): Printed {
  return {
    absolutePosition: { x: LEFT, y: FOOT },
    stack: [
      { canvas: [line(CONTENT, PAPER.ink)], margin: [0, 0, 0, 5] },
      {
        columns: foot.map(({ title, lines }) => ({
          width: '*',
          stack: [
            { text: title, color: PAPER.ink3 },
            ...(lines.length > 0
              ? lines.map((text) => ({ text, color: PAPER.ink2 }))
              : [{ canvas: [line(SIGNATURE, PAPER.ink)], margin: [0, 24, 0, 0] }]),
          ],
        })),
        ...{ columnGap: 14, fontSize: 8 },
      },
    ],
  }
}
