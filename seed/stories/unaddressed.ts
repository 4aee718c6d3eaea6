import type { DomainEvent } from '#server/contract/events.ts'
import { DAY, MINUTE } from '../calendar.ts'
import { type Delivery, whole } from '../life/steps.ts'
import type { Story, Town } from './story.ts'

const SHARE = 0.012
/** Share of them for which an operator finds the house. */
const FOUND = 0.88

/** Some addresses are written in words that no register holds. Nobody can come before an operator finds the house, or gives up. */
export function unaddressed({ place, end }: Town): Story {
  const planted: { request: string; building: string; place: string; found: boolean }[] = []
  return {
    name: 'unaddressed',
    retell(deliveries, { number, house, at, mass }, random) {
      const [first] = deliveries
      if (mass || !first || first.event.type !== 'request.registered' || !random.chance(SHARE))
        return deliveries
      const { id, address } = place.houses[house] ?? { id: '', address: {} }
      const { building: _, ...rest } = first.event
      const written = misspelt(address.ru ?? '', address.kk ?? '', random.whole(0, 4))
      const event: DomainEvent = { ...rest, place: written }
      const found = random.chance(FOUND)
      if (at <= end) planted.push({ request: number, building: id, place: written, found })
      const operator = { source: '109', actor: { party: 'operator' as const }, request: number }
      if (!found) {
        const given = whole(at + random.between(3, 7) * DAY)
        const refused: DomainEvent = {
          type: 'request.refused',
          id: `109:${number}:refused`,
          occurredAt: given,
          ...operator,
          ground: 'Адрес не установлен',
        }
        return [
          { ...first, event },
          { at: given, event: refused },
        ]
      }
      const resolvedAt = whole(at + random.logNormal(150, 0.8) * MINUTE)
      const resolved: DomainEvent = {
        type: 'request.address_resolved',
        id: `109:${number}:address_resolved`,
        occurredAt: resolvedAt,
        ...operator,
        building: id,
      }
      return [
        { ...first, event },
        { at: resolvedAt, event: resolved },
        ...deliveries.slice(1).map((one) => later(one, resolvedAt - at)),
      ]
    },
    truth: () => planted,
  }
}

const later = ({ at, event }: Delivery, delay: number): Delivery => ({
  at: at + delay,
  event: { ...event, occurredAt: event.occurredAt + delay },
})

function misspelt(ru: string, kk: string, way: number): string {
  const [street = ru, house = ''] = ru.split(', ')
  const name = street.replace(/^(ул\.|пр\.|пер\.|просп\.)\s*/, '')
  switch (way) {
    case 0:
      return `${name} улица дом ${house}`
    case 1:
      return `г.Домоград,${street},д.${house}`
    case 2:
      return `${name.toUpperCase()} ${house}`
    case 3:
      return kk.replace(', ', ' ')
    default:
      return `${name} ${house}, возле остановки`
  }
}
