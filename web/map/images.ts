import type { Palette } from '#web/ui/theme.ts'

const SIDE = 40

/** The map has no icon files: what stands on it is drawn here, 20 px wide at two pixels each. */
export const IMAGES = ['landmark', 'watch', 'inspect', 'silent'] as const
type Image = (typeof IMAGES)[number]

const DRAWN: Record<Image, (context: CanvasRenderingContext2D, palette: Palette) => void> = {
  /** A power plant's hall and two chimneys. */
  landmark(context, palette) {
    context.fillStyle = palette['volume-4']
    context.beginPath()
    context.moveTo(2, 38)
    context.lineTo(5, 8)
    context.lineTo(13, 8)
    context.lineTo(16, 38)
    context.fill()
    context.fillRect(18, 14, 7, 24)
    context.fillRect(28, 2, 8, 36)
  },
  watch(context, palette) {
    context.beginPath()
    context.moveTo(20, 7)
    context.lineTo(33, 31)
    context.lineTo(7, 31)
    context.closePath()
    outlined(context, palette.watch, palette['map-land'])
  },
  inspect(context, palette) {
    context.fillStyle = palette['map-land']
    context.fillRect(7, 7, 26, 26)
    context.fillStyle = palette.inspect
    context.fillRect(10, 10, 20, 20)
  },
  /** Hollow: nothing is heard. */
  silent(context, palette) {
    context.beginPath()
    context.arc(20, 20, 11, 0, 2 * Math.PI)
    outlined(context, palette.ink, palette['map-land'])
    context.beginPath()
    context.moveTo(13, 27)
    context.lineTo(27, 13)
    context.strokeStyle = palette.ink
    context.lineWidth = 3
    context.stroke()
  },
}

function outlined(context: CanvasRenderingContext2D, colour: string, ground: string) {
  context.fillStyle = ground
  context.fill()
  context.strokeStyle = ground
  context.lineWidth = 9
  context.stroke()
  context.strokeStyle = colour
  context.lineWidth = 4
  context.stroke()
}

export function imageOf(name: Image, palette: Palette): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = SIDE
  canvas.height = SIDE
  // It is read at once: drawn on the graphics processor it would have to be fetched back, and the page waits for that.
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return new ImageData(SIDE, SIDE)
  DRAWN[name](context, palette)
  return context.getImageData(0, 0, SIDE, SIDE)
}
