import type { Palette } from '#web/ui/theme.ts'

const SIDE = 40

/** A power plant's hall and two chimneys, 20 px wide at two pixels each; drawn here because the map has no icon files. */
export function landmarkImage(palette: Palette): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = SIDE
  canvas.height = SIDE
  const context = canvas.getContext('2d')
  if (!context) return new ImageData(SIDE, SIDE)
  context.fillStyle = palette['volume-4']
  context.beginPath()
  context.moveTo(2, 38)
  context.lineTo(5, 8)
  context.lineTo(13, 8)
  context.lineTo(16, 38)
  context.fill()
  context.fillRect(18, 14, 7, 24)
  context.fillRect(28, 2, 8, 36)
  return context.getImageData(0, 0, SIDE, SIDE)
}
