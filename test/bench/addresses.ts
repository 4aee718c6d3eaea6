import { createRandom } from '#seed/random.ts'
import { createAddressIndex } from '#server/domain/address/address-index.ts'
import { type Figure, ms, quantile } from './measure.ts'

const STREETS = 2400
const HOUSES = 34_000
const ASKED = 4000
const BEGINNINGS =
  'Верх Ново Старо Красно Бело Сине Горно Лесо Поле Берего Камне Песчано Дубо Кленово'.split(' ')
const ENDINGS =
  'заводская реченская горская полянская мостовая слободская троицкая парковая донская волжская'.split(
    ' ',
  )

/** A register as large as Moscow's; asked are other writings, a wrong letter in one of five, and houses that are not there. */
export function addressFigure(): Figure {
  const random = createRandom(7)
  const streets = Array.from({ length: STREETS }, (_, at) => {
    const name = `${BEGINNINGS[at % BEGINNINGS.length]}${ENDINGS[Math.floor(at / BEGINNINGS.length) % ENDINGS.length]}`
    return `${name} ${1 + Math.floor(at / (BEGINNINGS.length * ENDINGS.length))}-я`
  })
  const houses = Array.from({ length: HOUSES }, (_, at) => ({
    street: streets[at % STREETS] ?? '',
    house: 1 + Math.floor(at / STREETS),
  }))
  const index = createAddressIndex(['Москва'])
  houses.forEach(({ street, house }, building) => {
    index.put(building, [`г. Москва, ул. ${street}, д. ${house}, к. 1`])
  })
  const waits: number[] = []
  let found = 0
  for (let round = 0; round < ASKED; round++) {
    const { street, house } = houses[Math.floor(random.next() * HOUSES)] ?? { street: '', house: 0 }
    const wrong = round % 5 === 0 ? `${street.slice(0, 4)}${street.slice(5)}` : street
    const number = round % 7 === 0 ? house + 500 : house
    const text = `117105, Москва, ${wrong} улица, ${number}к1, кв. 12`
    const startedAt = performance.now()
    if (index.match(text).found) found++
    waits.push(performance.now() - startedAt)
  }
  const p95 = quantile(waits, 0.95)
  return {
    what: 'address match',
    size: `${HOUSES.toLocaleString('en')} houses, ${ASKED} writings, ${found} found`,
    measured: `p50 ${ms(quantile(waits, 0.5))}, p95 ${ms(p95)}`,
    target: 'p95 at most 5 ms',
    holds: p95 <= 5,
  }
}
