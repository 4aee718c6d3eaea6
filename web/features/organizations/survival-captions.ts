import { drawn } from '#web/chart/shapes.ts'
import type { Format } from '#web/lib/format.ts'
import { FONT } from '#web/ui/theme.ts'
import {
  FROM_S,
  heightArea,
  percent,
  type SurvivalInput,
  type SurvivalWords,
  TO_S,
  type Vertex,
} from './survival-curves.ts'

const LETTER = 7
const APART = 14

/** Names beside the curves, and the shares at the norm: to the right of the slower curve and to the left of the quicker. */
export function captions(
  { waiting, palette }: SurvivalInput,
  width: number,
  words: SurvivalWords,
  format: Format,
) {
  const { curve, city, stillOpen, norm } = waiting
  const longer = heightArea(curve) >= heightArea(city.curve)
  const own = { curve, text: words.own, fill: palette.ink, fontWeight: 600 }
  const other = { curve: city.curve, text: words.city, fill: palette['ink-2'], fontWeight: 400 }
  const [slower, quicker] = longer ? [own, other] : [other, own]
  return drawn(
    ({ at, frame }) => {
      const text = (x: number, y: number, label: string, style: object) => ({
        type: 'text',
        x,
        y,
        style: {
          text: label,
          fontFamily: FONT,
          fontSize: 12,
          lineHeight: 15,
          fill: palette['ink-2'],
          verticalAlign: 'middle',
          stroke: palette.surface,
          lineWidth: 3,
          ...style,
        },
      })
      const leader = (x1: number, x2: number, y: number) => ({
        type: 'line',
        shape: { x1, y1: y, x2, y2: y },
        style: { stroke: palette['ink-3'], lineWidth: 1 },
      })
      const place = (of: readonly Vertex[], share: number) => {
        const time = of.find(([, height]) => height <= share)?.[0] ?? null
        return time === null ? null : at([Math.log10(Math.max(time, FROM_S)), percent(share)])
      }
      const edge = frame.x + frame.width
      const widthOf = (label: string) =>
        Math.max(...label.split('\n').map((line) => line.length)) * LETTER
      /** Over or under the end of a curve that does not fall far enough to have a side. */
      const atEnd = ({ curve: of, text: label, ...face }: typeof own, under: boolean) => {
        const [, share] = of.at(-1) ?? [0, 1]
        const y = at([0, percent(share)])[1] + (under ? APART : -APART)
        return text(edge - 4, y, label, {
          ...face,
          align: 'right',
          verticalAlign: under ? 'top' : 'bottom',
        })
      }
      const shapes: object[] = []
      const behind = place(slower.curve, 0.72)
      const { curve: _, text: name, ...face } = slower
      if (behind && behind[0] + APART + widthOf(name) < edge)
        shapes.push(text(behind[0] + APART, behind[1], name, { ...face, align: 'left' }))
      else shapes.push(atEnd(slower, false))
      const before = place(quicker.curve, 0.4)
      const { curve: __, text: second, ...look } = quicker
      if (!before) shapes.push(atEnd(quicker, true))
      else if (before[0] - APART - widthOf(second) > frame.x)
        shapes.push(text(before[0] - APART, before[1], second, { ...look, align: 'right' }))
      else {
        // No room before the curve: behind both, with a line to it.
        const x = (place(slower.curve, 0.4) ?? before)[0] + 2 * APART
        shapes.push(
          leader(before[0], x - 4, before[1]),
          text(x, before[1], second, { ...look, align: 'left' }),
        )
      }
      if (stillOpen.some(([seconds]) => seconds <= TO_S) && width >= 340)
        shapes.push(
          text(frame.x + frame.width, at([0, 14])[1], words.ticks, {
            align: 'right',
            verticalAlign: 'bottom',
          }),
        )
      if (norm) {
        const line = at([Math.log10(norm.seconds), 0])[0]
        const right = line < frame.x + frame.width * 0.75
        const { own, city: others } = norm
        const above = own === null || others === null || own.survival >= others
        const side = (toRight: boolean) => ({ align: toRight ? 'left' : 'right' })
        shapes.push(text(line + (right ? 6 : -6), frame.y - 12, words.norm, side(right)))
        if (own)
          shapes.push(
            text(
              line + (right ? 9 : -9),
              at([0, percent(own.survival)])[1] + (above ? -9 : 10),
              format.percent(own.survival),
              { ...side(right), fill: palette.ink, fontWeight: 600 },
            ),
          )
        if (others !== null)
          shapes.push(
            text(
              line + (right ? -8 : 8),
              at([0, percent(others)])[1] + (above ? 10 : -9),
              format.percent(others),
              side(!right),
            ),
          )
      }
      return shapes
    },
    { z: 7, clip: false },
  )
}
