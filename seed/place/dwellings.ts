import type { Random } from '../random.ts'
import type { Standing } from './footprints.ts'
import { builtArea } from './ground.ts'
import type { Fabric } from './plan.ts'

/** What a building's passport says. */
export interface Dwelling {
  year: number
  series: string
  floors: number
  entrances: number
  apartments: number
  /** Total floor area, m². */
  area: number
  lifts: number
}

/** Height, age and series follow the part of town and the shape on the ground. */
export function dwellingOf(
  { shape, rings, frontage }: Standing,
  fabric: Fabric,
  random: Random,
): Dwelling {
  const { year, series, floors } = buildingType(shape, fabric, random)
  const built = builtArea(rings)
  const entrances =
    shape === 'tower'
      ? 1
      : shape === 'house'
        ? random.whole(1, 2)
        : Math.max(1, Math.round(frontage / (fabric === 'perimeter' ? 24 : 19)))
  const area = Math.round(built * floors * 0.82)
  const apartments = Math.max(
    2,
    Math.round(
      (area * 0.74) /
        (fabric === 'modern' ? 68 : fabric === 'garden' ? 62 : fabric === 'perimeter' ? 64 : 54),
    ),
  )
  const lifts = floors < 6 ? 0 : entrances * (floors > 12 ? 2 : 1)
  return { year, series, floors, entrances, apartments, area, lifts }
}

function buildingType(shape: Standing['shape'], fabric: Fabric, random: Random) {
  switch (fabric) {
    case 'perimeter':
      return random.chance(0.15)
        ? { year: random.whole(1908, 1934), series: 'дореволюционный', floors: random.whole(2, 3) }
        : { year: random.whole(1936, 1961), series: 'кирпич', floors: random.whole(3, 5) }
    case 'brick':
      return { year: random.whole(1957, 1972), series: '1-447', floors: shape === 'tower' ? 9 : 5 }
    case 'panel': {
      const series = random.pick(['1-464', '111-121', '121', '158'])
      const year = series === '1-464' ? random.whole(1963, 1976) : random.whole(1974, 1998)
      const floors =
        series === '1-464'
          ? 5
          : shape === 'tower'
            ? random.pick([9, 12, 14])
            : random.pick([9, 9, 9, 10])
      return { year, series, floors }
    }
    case 'modern':
      return {
        year: random.whole(2003, 2024),
        series: 'монолит',
        floors: shape === 'tower' ? random.whole(12, 18) : random.whole(7, 12),
      }
    case 'garden':
      return random.chance(0.3)
        ? { year: random.whole(1999, 2022), series: 'таунхаус', floors: 3 }
        : { year: random.whole(1949, 1968), series: 'малоэтажный', floors: 2 }
  }
}
