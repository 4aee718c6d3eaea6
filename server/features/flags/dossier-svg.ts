import type { Drawing, Ink, Mark } from './dossier-model.ts'

/** Colours of paper: the light scheme of the pages. */
export const PAPER: Record<Ink, string> = {
  ink: '#161A1D',
  ink2: '#4C545B',
  ink3: '#6B747C',
  hairline: '#DDD9CF',
  volume2: '#BCC7CE',
  volume3: '#8A9BA7',
  volume4: '#566977',
  inspect: '#A8321A',
  watch: '#A86A00',
  good: '#14696B',
  surface: '#FFFFFF',
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function markOf(mark: Mark): string {
  if ('path' in mark) {
    const { path, fill, stroke, width, dash, opacity } = mark
    return `<path d="${path}" fill="${fill ? PAPER[fill] : 'none'}"${stroke ? ` stroke="${PAPER[stroke]}" stroke-width="${width ?? 1}"` : ''}${dash ? ` stroke-dasharray="${dash}"` : ''}${opacity === undefined ? '' : ` fill-opacity="${opacity}"`}/>`
  }
  const { text, x, y, anchor = 'start', size = 12, strong, ink = 'ink' } = mark
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="${size}" font-family="Golos"${strong ? ' font-weight="bold"' : ''} fill="${PAPER[ink]}">${escaped(text)}</text>`
}

/** A picture of the dossier as SVG in the colours of paper. */
export const svgOf = ({ width, height, marks }: Drawing): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${marks.map(markOf).join('')}</svg>`
