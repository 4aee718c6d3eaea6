/** What is written under a picture of a map. Colours are names of tokens. */
export interface Caption {
  title: string
  /** Instant and clock. */
  when: string
  /** The totals, in a sentence. */
  said: string
  legend: readonly {
    text: string
    fill: string
    stroke: string
    ring: boolean
    opacity: number
  }[]
  lines: readonly string[]
}
interface Paper {
  surface: string
  ink: string
  quiet: string
  font: string
  colour: (token: string) => string
}

const MARGIN = 16
const TITLE = 20
const TEXT = 14
const ROW = 22
const SWATCH = 12

/** The map with its caption as a PNG; everything drawn by this browser. `ratio`: pixels of the map for one of the page. */
export async function framePicture(
  map: HTMLCanvasElement,
  caption: Caption,
  ratio: number,
): Promise<Blob> {
  const paper = paperOf()
  await document.fonts.ready
  const width = map.width / ratio
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this browser draws no pictures')
  context.font = `500 ${TEXT}px ${paper.font}`
  const items = caption.legend.map((item) => ({
    ...item,
    width: SWATCH + 6 + context.measureText(item.text).width + 20,
  }))
  const rows = rowsOf(items, width - 2 * MARGIN)
  const height =
    map.height / ratio +
    MARGIN +
    (TITLE + 8) +
    2 * ROW +
    rows.length * ROW +
    6 +
    caption.lines.length * ROW +
    MARGIN
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  context.scale(ratio, ratio)
  context.fillStyle = paper.surface
  context.fillRect(0, 0, width, height)
  context.drawImage(map, 0, 0, width, map.height / ratio)

  let y = map.height / ratio + MARGIN
  context.textBaseline = 'top'
  const write = (text: string, weight: number, size: number, colour: string) => {
    context.font = `${weight} ${size}px ${paper.font}`
    context.fillStyle = colour
    context.fillText(text, MARGIN, y, width - 2 * MARGIN)
  }
  write(caption.title, 600, TITLE, paper.ink)
  y += TITLE + 8
  write(caption.when, 500, TEXT, paper.ink)
  y += ROW
  write(caption.said, 500, TEXT, paper.ink)
  y += ROW
  for (const row of rows) {
    let x = MARGIN
    for (const { text, fill, stroke, ring, opacity, width: wide } of row) {
      context.beginPath()
      if (ring) context.arc(x + SWATCH / 2, y + SWATCH / 2 + 2, SWATCH / 2, 0, 2 * Math.PI)
      else context.rect(x, y + 2, SWATCH, SWATCH)
      context.fillStyle = paper.colour(fill)
      context.strokeStyle = paper.colour(stroke)
      context.lineWidth = ring ? 2 : 1
      context.globalAlpha = opacity
      context.fill()
      context.globalAlpha = 1
      context.stroke()
      context.fillStyle = paper.ink
      context.font = `500 ${TEXT}px ${paper.font}`
      context.fillText(text, x + SWATCH + 6, y)
      x += wide
    }
    y += ROW
  }
  y += 6
  for (const line of caption.lines) {
    write(line, 400, TEXT - 1, paper.quiet)
    y += ROW
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  )
}

function paperOf(): Paper {
  const style = getComputedStyle(document.documentElement)
  const colour = (token: string) => style.getPropertyValue(`--${token}`).trim()
  return {
    ...{ colour, font: colour('font') },
    ...{ surface: colour('surface'), ink: colour('ink'), quiet: colour('ink-2') },
  }
}

/** Items that share a row of this width. */
export function rowsOf<T extends { width: number }>(items: readonly T[], width: number): T[][] {
  const rows: T[][] = []
  let left = 0
  for (const item of items) {
    const row = rows.at(-1)
    if (row && item.width <= left) {
      row.push(item)
      left -= item.width
    } else {
      rows.push([item])
      left = width - item.width
    }
  }
  return rows
}
