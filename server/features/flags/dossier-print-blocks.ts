import type { Block, Column, Drawing, Span } from './dossier-model.ts'
import { PAPER, svgOf } from './dossier-svg.ts'

/** What the printing library reads: plain data, see pdfmake's document definition. */
export type Printed = { [key: string]: unknown }

/** A4 in points, between the margins of the sheet. */
export const LEFT = 42
export const CONTENT = 595.28 - 2 * LEFT
/** Numbers of requests on one line of the list. */
const ON_A_LINE = 10

export const spans = (of: readonly Span[]) =>
  of.map((span) => (typeof span === 'string' ? span : { text: span.strong, bold: true }))

export function blockOf(block: Block, { size, width }: { size?: number; width?: number }): Printed {
  switch (block.kind) {
    case 'text':
      return { text: spans(block.spans), margin: [0, 0, 0, 4], ...(size && { fontSize: size }) }
    case 'note':
      return { text: block.text, color: PAPER.ink2, fontSize: 8, margin: [0, 2, 0, 2] }
    case 'numbers':
      return {
        stack: lines(block.numbers).map((text) => ({ text, noWrap: true })),
        ...{ fontSize: 7.5, lineHeight: 1.2, fontFeatures: ['tnum'] },
      }
    case 'drawing':
      return picture(block, width ?? CONTENT)
    case 'table':
      return table(block)
  }
}

const picture = (drawing: Drawing, width: number): Printed => ({
  svg: svgOf(drawing),
  width,
  margin: [0, 2, 0, 2],
})

/** Spaces that do not break: a number is never parted between two lines. */
function lines(numbers: readonly string[]): string[] {
  const longest = Math.max(...numbers.map(({ length }) => length))
  const on = Math.max(1, Math.min(ON_A_LINE, Math.floor(128 / (longest + 3))))
  return Array.from({ length: Math.ceil(numbers.length / on) }, (_, i) =>
    numbers
      .slice(i * on, i * on + on)
      .map((number) => number.padEnd(longest, '\u2007').replaceAll(' ', '\u00a0'))
      .join('\u00a0\u00a0\u00a0'),
  )
}

function table({ head, columns, rows }: Extract<Block, { kind: 'table' }>): Printed {
  const cell = (text: string, column: Column, isHead: boolean) => ({
    text,
    alignment: column.end ? 'right' : 'left',
    ...(isHead || column.quiet ? { color: PAPER.ink2 } : {}),
    ...(column.strong && !isHead ? { bold: true } : {}),
  })
  const of = (row: readonly string[], isHead: boolean) =>
    columns.map((column, i) => cell(row[i] ?? '', column, isHead))
  const titles = columns.map(({ title }) => title)
  return {
    table: {
      headerRows: head ? 1 : 0,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: columns.map((_, i) => (i === 0 ? '*' : 'auto')),
      body: [...(head ? [of(titles, true)] : []), ...rows.map((row) => of(row, false))],
    },
    layout: {
      hLineWidth: (i: number, { table }: { table: { body: unknown[] } }) =>
        i === 0 || i === table.body.length ? 0 : 0.5,
      vLineWidth: () => 0,
      hLineColor: () => PAPER.hairline,
      paddingLeft: (i: number) => (i === 0 ? 0 : 6),
      paddingRight: () => 0,
      paddingTop: () => 2,
      paddingBottom: () => 1.5,
    },
    ...{ fontSize: 8.5, margin: [0, 0, 0, 4] },
  }
}
