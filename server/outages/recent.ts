import { kmBetween, type Place } from './places.ts'
import type { Call } from './suspicions.ts'

interface House {
  place: Place
  calls: Listed[]
}
interface Listed extends Call {
  /** Its position in the order of arrival. */
  nth: number
}

const KM_OF_DEGREE = 111.195
/** No two calls a kilometre apart are further than one cell from each other, with room for the narrowing of other latitudes. */
const CELL_KM = 1.1

/** The calls of the last hours about one resource, by number and by the place they came from. */
export function openRecent() {
  const numbers = new Set<string>()
  const cells = new Map<number, Map<number, House>>()
  let queue: Listed[] = []
  let head = 0
  let nth = 0
  let narrowing: number | undefined

  const row = ({ lat }: Place) => Math.floor((lat * KM_OF_DEGREE) / CELL_KM)
  function column({ lon, lat }: Place): number {
    narrowing ??= Math.cos((lat * Math.PI) / 180)
    return Math.floor((lon * KM_OF_DEGREE * narrowing) / CELL_KM)
  }
  const cell = (y: number, x: number) => y * 131_072 + x

  function drop({ number, place }: Listed) {
    numbers.delete(number)
    const at = cell(row(place), column(place))
    const house = cells.get(at)?.get(place.key)
    house?.calls.shift()
    if (house?.calls.length === 0) cells.get(at)?.delete(place.key)
    if (cells.get(at)?.size === 0) cells.delete(at)
  }

  return {
    size: () => queue.length - head,
    has: (number: string) => numbers.has(number),
    add(call: Call) {
      const listed = { ...call, nth: nth++ }
      numbers.add(call.number)
      queue.push(listed)
      const at = cell(row(call.place), column(call.place))
      const houses = cells.get(at) ?? new Map<number, House>()
      cells.set(at, houses)
      const house = houses.get(call.place.key)
      if (house) house.calls.push(listed)
      else houses.set(call.place.key, { place: call.place, calls: [listed] })
    },
    /** Forgets the oldest arrivals up to the first that was made after an instant. */
    forget(until: number) {
      for (let first = queue[head]; first && first.at <= until; first = queue[head]) {
        drop(first)
        head++
      }
      if (head < 1000 || head * 2 < queue.length) return
      queue = queue.slice(head)
      head = 0
    },
    /** In the order of arrival. */
    all: (): readonly Call[] => queue.slice(head),
    /** The ground a place shares with its neighbours. */
    ground: (place: Place) => cell(row(place), column(place)),
    /** Houses that called within a kilometre or less of a place, and how far they are. */
    near(place: Place, km: number): { house: House; km: number }[] {
      const own = Math.cos((place.lat * Math.PI) / 180)
      const [y, x] = [row(place), column(place)]
      const found: { house: House; km: number }[] = []
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++)
          for (const house of cells.get(cell(y + dy, x + dx))?.values() ?? []) {
            const away = house.place.key === place.key ? 0 : kmBetween(place, house.place, own)
            if (away <= km) found.push({ house, km: away })
          }
      return found
    },
  }
}
export type Recent = ReturnType<typeof openRecent>
