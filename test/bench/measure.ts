import { cpus, totalmem } from 'node:os'

export interface Figure {
  what: string
  size: string
  measured: string
  target: string
  holds: boolean
}

export const quantile = (values: readonly number[], share: number) => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export const ms = (value: number) =>
  value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`

export const spread = (values: readonly number[]) =>
  `p50 ${ms(quantile(values, 0.5))}, p95 ${ms(quantile(values, 0.95))}`

export const machine = () =>
  `${cpus().length} cores ${cpus()[0]?.model ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`

export function table(figures: readonly Figure[]): string {
  const rows = [
    ['', 'what', 'size', 'measured', 'target'],
    ...figures.map(({ holds, what, size, measured, target }) => [
      holds ? 'holds' : 'SHORT',
      what,
      size,
      measured,
      target,
    ]),
  ]
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
