import type { Random } from '../random.ts'
import type { Fabric } from './plan.ts'
import { box, closed, corner, court, type Footprint, moved, slab, tower } from './shapes.ts'

/** Size of one block of a fabric and the width of the street around it, in metres. */
export const BLOCK_OF: Record<Fabric, { width: number; height: number; street: number }> = {
  perimeter: { width: 112, height: 82, street: 18 },
  brick: { width: 152, height: 98, street: 20 },
  panel: { width: 214, height: 154, street: 24 },
  modern: { width: 140, height: 118, street: 22 },
  garden: { width: 132, height: 72, street: 16 },
}

export function buildBlock(fabric: Fabric, random: Random): Footprint[] {
  const { width, height } = BLOCK_OF[fabric]
  switch (fabric) {
    case 'perimeter':
      return perimeter(width, height, random)
    case 'brick':
      return brick(width, height, random)
    case 'panel':
      return panel(width, height, random)
    case 'modern':
      return modern(width, height, random)
    case 'garden':
      return garden(width, height, random)
  }
}

function perimeter(w: number, h: number, random: Random): Footprint[] {
  const d = random.between(12, 14)
  const cut = random.between(0.44, 0.56) * w
  const gap = 7
  switch (random.whole(0, 5)) {
    case 0:
      return [
        court(0, 0, cut - gap, h, d, 'right'),
        court(cut + gap, 0, w - cut - gap, h, d, 'left'),
      ]
    case 1:
      return [closed(0, 0, cut - gap, h, d), court(cut + gap, 0, w - cut - gap, h, d, 'top')]
    case 2:
      return [
        corner(0, 0, cut - gap, h / 2 - gap, d, false, false),
        corner(cut + gap, 0, w - cut - gap, h / 2 - gap, d, true, false),
        corner(0, h / 2 + gap, cut - gap, h / 2 - gap, d, false, true),
        corner(cut + gap, h / 2 + gap, w - cut - gap, h / 2 - gap, d, true, true),
      ]
    case 3:
      return [
        court(0, 0, w / 3 - gap, h * 0.62, d, 'bottom'),
        court(w / 3 + gap / 2, 0, w / 3 - gap, h * 0.62, d, 'bottom'),
        court((2 * w) / 3 + gap, 0, w / 3 - gap, h * 0.62, d, 'bottom'),
        slab(0, h - d, w * 0.55, d),
        slab(w * 0.62, h - d, w * 0.38, d),
      ]
    case 4:
      return [
        corner(0, 0, cut - gap, h, d, false, false),
        corner(cut + gap, 0, w - cut - gap, h * 0.55, d, true, false),
        slab(cut + gap, h - d, w - cut - gap, d),
      ]
    default:
      return [
        court(0, 0, cut - gap, h, d, 'top'),
        corner(cut + gap, h * 0.42, w - cut - gap, h * 0.58, d, true, true),
        slab(cut + gap, 0, w - cut - gap, d),
      ]
  }
}

function brick(w: number, h: number, random: Random): Footprint[] {
  const d = 12.5
  const half = w / 2 - 9
  const inner = h / 2 - d / 2
  switch (random.whole(0, 3)) {
    case 0:
      return [
        slab(0, 0, half, d),
        slab(w - half, 0, half, d),
        slab(0, h - d, half, d),
        slab(w - half, h - d, half, d),
        slab(w * 0.2, inner, w * 0.6, d),
      ]
    case 1:
      return [
        slab(0, 0, d, h * 0.62),
        slab(30, 0, w - 30 - 30, d),
        slab(w - d, 0, d, h * 0.62),
        slab(0, h - d, half, d),
        slab(w - half, h - d, half, d),
      ]
    case 2:
      return [
        slab(0, 0, w * 0.6, d),
        tower(w - 24, 0, 22),
        slab(0, inner, w * 0.6, d),
        slab(0, h - d, w * 0.6, d),
        slab(w - d - 5, h * 0.4, d, h * 0.6),
      ]
    default:
      return [
        corner(0, 0, w * 0.4, h * 0.8, d, false, false),
        slab(w * 0.5, 0, w * 0.5, d),
        slab(w * 0.46, inner, w * 0.54, d),
        slab(w * 0.28, h - d, w * 0.72, d),
      ]
  }
}

function panel(w: number, h: number, random: Random): Footprint[] {
  const d = random.between(13, 15)
  switch (random.whole(0, 6)) {
    case 0:
      return rows(w, h, d, 4, random)
    case 1:
      return columns(w, h, d, 5, random)
    case 2:
      return [
        slab(0, 0, w * 0.44, d),
        slab(w * 0.52, 0, w * 0.48, d),
        slab(0, 34, d, h - 68),
        slab(w - d, 34, d, h - 68),
        slab(0, h - d, w * 0.48, d),
        slab(w * 0.56, h - d, w * 0.44, d),
        tower(w * 0.5 - 12, h * 0.5 - 12, 24),
      ]
    case 3:
      return [
        slab(0, 0, w * 0.56, d),
        slab(0, h * 0.3, w * 0.56, d),
        slab(0, h * 0.62, w * 0.56, d),
        slab(w * 0.68, 0, d, h * 0.48),
        slab(w - d, 0, d, h * 0.48),
        tower(w * 0.66, h * 0.62, 24),
        tower(w - 26, h * 0.66, 24),
        slab(0, h - d, w * 0.4, d),
      ]
    case 4:
      return [
        corner(0, 0, w * 0.42, h * 0.56, d, false, false),
        corner(w * 0.58, h * 0.44, w * 0.42, h * 0.56, d, true, true),
        slab(w * 0.54, 0, w * 0.46, d),
        slab(0, h - d, w * 0.46, d),
        slab(w * 0.48, h * 0.26, d, h * 0.48),
        tower(w - 26, h * 0.16 + 6, 22),
      ]
    case 5:
      return [
        ...columns(w * 0.46, h, d, 3, random),
        ...rows(w * 0.46, h, d, 4, random).map((footprint) => moved(footprint, w * 0.54, 0)),
      ]
    default:
      return [
        slab(0, 0, w * 0.7, d),
        tower(w - 26, 0, 24),
        tower(w - 26, h * 0.4, 24),
        tower(w - 26, h - 26, 24),
        slab(0, h * 0.46, w * 0.34, d),
        slab(w * 0.42, h * 0.46, w * 0.3, d),
        slab(0, h - d, w * 0.7, d),
      ]
  }
}

function modern(w: number, h: number, random: Random): Footprint[] {
  const d = random.between(15, 17)
  switch (random.whole(0, 4)) {
    case 0:
      return [
        court(0, 0, w * 0.62, h * 0.66, d, 'top'),
        tower(w - 30, 0, 27),
        tower(w - 30, h * 0.42, 27),
        slab(0, h - d, w * 0.62, d),
      ]
    case 1:
      return [
        tower(0, 0, 27),
        tower(w / 2 - 13, 4, 27),
        tower(w - 27, 0, 27),
        slab(0, h - d, w * 0.45, d),
        slab(w * 0.55, h - d, w * 0.45, d),
      ]
    case 2:
      return [
        corner(0, 0, w * 0.5, h, d, false, false),
        corner(w * 0.62, 0, w * 0.38, h * 0.5, d, true, false),
        slab(w * 0.62, h - d, w * 0.38, d),
      ]
    case 3:
      return [
        slab(0, 0, d, h * 0.7),
        slab(w * 0.3, h * 0.3, d, h * 0.7),
        slab(w * 0.6, 0, d, h * 0.7),
        tower(w - 28, h - 34, 26),
      ]
    default:
      return [
        court(0, 0, w, h * 0.46, d, 'top'),
        slab(0, h - d, w * 0.4, d),
        tower(w * 0.56, h - 30, 26),
        tower(w - 26, h - 30, 26),
      ]
  }
}

function garden(w: number, h: number, random: Random): Footprint[] {
  const houses: Footprint[] = []
  const lot = w / 4
  for (const row of [0, 1])
    for (let i = 0; i < 4; i++) {
      if (random.chance(0.1)) continue
      const [width, depth] = [random.between(15, 21), random.between(11.5, 14.5)]
      const setback = random.between(1, 5)
      const x = i * lot + (lot - width) / 2 + random.between(-1.5, 1.5)
      const y = row === 0 ? setback : h - setback - depth
      houses.push({ rings: [box(x, y, width, depth)], shape: 'house', frontage: width })
    }
  return houses
}

function rows(w: number, h: number, d: number, count: number, random: Random): Footprint[] {
  return Array.from({ length: count }, (_, i) => {
    const y = (i * (h - d)) / (count - 1)
    const cut = random.between(0.36, 0.62) * w
    return w > 150
      ? [slab(0, y, cut - 9, d), slab(cut + 9, y, w - cut - 9, d)]
      : [slab(random.between(0, 8), y, w - 8, d)]
  }).flat()
}

function columns(w: number, h: number, d: number, count: number, random: Random): Footprint[] {
  return Array.from({ length: count }, (_, i) => {
    const x = (i * (w - d)) / (count - 1)
    if (random.chance(0.3)) return [slab(x, 0, d, h * 0.44), slab(x, h * 0.56, d, h * 0.44)]
    const length = random.between(0.7, 0.95) * h
    return [slab(x, random.between(0, h - length), d, length)]
  }).flat()
}
