import type { ChartOption } from '#web/chart/chart.tsx'
import type { Format } from '#web/lib/format.ts'
import type { Palette } from '#web/ui/theme.ts'
import type { Picture } from './finding.ts'

/** What a picture shows, whatever it shows: bars that happened, and what was expected of them. */
export interface Bars {
  names: string[]
  own: number[]
  expected: (number | null)[] | null
  /** The curve without the excess. */
  curve: number[] | null
  /** Bars that the question is about. */
  marked: boolean[]
  /** Between which bars the due time lies. */
  limit: number | null
}

const BEFORE = 2

/** The bars of a picture with their names. */
export function barsOf(
  picture: Picture,
  { format, month }: { format: Format; month: (month: string, first: boolean) => string },
): Bars {
  switch (picture.kind) {
    case 'terms': {
      const { own, others, curve } = picture
      const middle = own.length / 2
      return {
        names: own.map((_, bin) => format.percent((middle + bin + 1) / own.length)),
        ...{ own, expected: others, curve, limit: middle },
        marked: own.map((_, bin) => bin >= middle - BEFORE && bin < middle),
      }
    }
    case 'minutes': {
      const { own, others, minutes } = picture
      return {
        names: own.map((_, minute) => String(minute)),
        ...{ own, expected: others, curve: null, limit: null },
        marked: own.map((_, minute) => minutes.includes(minute)),
      }
    }
    case 'day': {
      const { counts, from, to } = picture
      return {
        names: counts.map((_, slot) => {
          const minute = String((slot % 6) * 10).padStart(2, '0')
          return `${String(Math.floor(slot / 6)).padStart(2, '0')}:${minute}`
        }),
        ...{ own: counts, expected: null, curve: null, limit: null },
        marked: counts.map((_, slot) => slot >= from && slot < to),
      }
    }
    case 'months': {
      const { months } = picture
      return {
        names: months.map((one, i) => month(one.month, i === 0)),
        own: months.map(({ observed }) => observed),
        expected: months.map(({ expected }) => expected),
        ...{ curve: null, limit: null },
        marked: months.map(() => false),
      }
    }
  }
}

export const PICTURE_HEIGHT = 240

interface PictureWords {
  due: string
  expected: string
}

/** Bars, and the expectation as steps over them; the due time is a line. */
export function pictureOption(
  bars: Bars,
  { palette, format, words }: { palette: Palette; format: Format; words: PictureWords },
  width: number,
): ChartOption {
  const { names, own, expected, curve, marked, limit } = bars
  const roomy = width >= 520
  const every = Math.max(1, Math.ceil((names.length * 44) / Math.max(width - 150, 120)))
  const step = names.length === 144 ? Math.max(every, roomy ? 18 : 36) : every
  const side = expected || curve ? (roomy ? 96 : 12) : 12
  const edges = (values: readonly (number | null)[]) =>
    values.flatMap((value, i): [number, number][] =>
      value === null
        ? []
        : [
            [i - 0.5, value],
            [i + 0.5, value],
          ],
    )
  const line = (data: [number, number][], name: string, style: object) => ({
    type: 'line' as const,
    data,
    symbol: 'none',
    silent: true,
    z: 4,
    lineStyle: style,
    endLabel: {
      show: roomy && name !== '',
      formatter: name,
      color: palette['ink-2'],
      fontSize: 12,
      distance: 6,
    },
    labelLayout: { moveOverlap: 'shiftY' as const },
  })
  const most = Math.max(1, ...own, ...(expected ?? []).map((value) => value ?? 0))
  return {
    grid: { left: 44, right: side, top: 24, bottom: 28 },
    xAxis: {
      type: 'value',
      min: -0.5,
      max: names.length - 0.5,
      // Bars may reach the edges: otherwise the axis is longer than its months.
      containShape: false,
      axisLine: { onZero: false, lineStyle: { color: palette['ink-3'] } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        color: palette['ink-3'],
        fontSize: 12,
        customValues: names.map((_, i) => i).filter((i) => i % step === 0),
        formatter: (at: number) => names[at] ?? '',
        hideOverlap: true,
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      splitNumber: 4,
      minInterval: 1,
      axisLine: { show: false, onZero: false },
      axisTick: { show: false },
      axisLabel: {
        color: palette['ink-3'],
        fontSize: 12,
        formatter: (value: number) => format.number(value),
      },
      splitLine: { lineStyle: { color: palette.hairline } },
    },
    tooltip: {
      trigger: 'item',
      backgroundColor: palette.surface,
      borderColor: palette.hairline,
      textStyle: { color: palette.ink, fontSize: 13 },
    },
    series: [
      {
        type: 'bar',
        barWidth: '78%',
        barCategoryGap: '0%',
        data: own.map((value, i) => ({
          value: [i, value],
          name: names[i] ?? '',
          itemStyle: { color: marked[i] ? palette['worse-2'] : palette['volume-3'] },
          label: {
            show: (marked[i] ?? false) && value > most / 12,
            position: 'top' as const,
            formatter: format.number(value),
            color: palette['worse-text'],
            fontSize: 12,
            fontWeight: 600 as const,
          },
        })),
        tooltip: {
          formatter: (one: unknown) => {
            const { dataIndex } = one as { dataIndex: number }
            const usual = expected?.[dataIndex]
            const also =
              usual === null || usual === undefined
                ? ''
                : `, ${words.expected}: ${format.number(usual, 1)}`
            return `${names[dataIndex] ?? ''}: ${format.number(own[dataIndex] ?? 0)}${also}`
          },
        },
        z: 2,
      },
      ...(expected
        ? [line(edges(expected), words.expected, { color: palette.ink, width: 1.25 })]
        : []),
      ...(curve
        ? [
            line(edges(curve), '', {
              color: palette['ink-2'],
              width: 1,
              type: [4, 3] as number[],
            }),
          ]
        : []),
      ...(limit === null
        ? []
        : [
            {
              ...line(
                [
                  [limit - 0.5, 0],
                  [limit - 0.5, most],
                ],
                '',
                { color: palette.ink, width: 1, type: [2, 3] as number[] },
              ),
              endLabel: {
                show: true,
                formatter: words.due,
                color: palette.ink,
                fontSize: 12,
                distance: 5,
              },
            },
          ]),
    ],
  }
}
