import type { Words } from '#server/contract/vocabulary.ts'
import type { Random } from '../random.ts'
import { nearestOn, type Standing } from './footprints.ts'

/** House numbers run along each street from its start, odd on the left, with gaps where houses once stood. */
export function numberHouses(standing: readonly Standing[], random: Random): Words[] {
  const byStreet = new Map<Words, { index: number; at: number; left: boolean }[]>()
  standing.forEach(({ street, centre }, index) => {
    const { at, left } = nearestOn(street.line, centre)
    const start = street.line[0]
    // Stretches of one street continue each other, so the place along it counts from the city's west and south.
    const offset = street.main || !start ? 0 : (start[0] + start[1] + 100_000) * 2
    const houses = byStreet.get(street.name) ?? []
    houses.push({ index, at: at + offset, left })
    byStreet.set(street.name, houses)
  })
  const addresses: Words[] = []
  for (const [name, houses] of byStreet) {
    const next = { left: 1, right: 2 }
    let last: { number: number; at: number; left: boolean; part: number } | undefined
    for (const { index, at, left } of houses.sort((a, b) => a.at - b.at || a.index - b.index)) {
      const side = left ? 'left' : 'right'
      const behind = last?.left === left && at - last.at < 12
      const part = behind && last ? last.part + 1 : 1
      const number = behind && last ? last.number : next[side]
      if (!behind) next[side] += random.chance(0.12) ? 4 : 2
      last = { number, at, left, part }
      const house = part === 1 ? `${number}` : `${number}/${part}`
      addresses[index] = {
        kk: `${name.kk}, ${house}`,
        ru: `${name.ru}, ${house}`,
        en: `${house} ${name.en}`,
      }
    }
  }
  return addresses
}
