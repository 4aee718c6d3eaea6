import type { Words } from '#server/contract/vocabulary.ts'
import type { RegistryTold } from '#server/domain/knowledge.ts'
import { maskedName, maskedText } from '#server/domain/personal.ts'

/** What a source tells of the registry, with a phone or an identity number in its names and reasons masked: everybody reads them. The log keeps them as they came. */
export function shownNames(event: RegistryTold): RegistryTold {
  switch (event.type) {
    case 'organization.registered':
      return { ...event, name: maskedName(event.name) }
    case 'organization.membership_changed':
      return event.body === null ? event : { ...event, body: maskedName(event.body) }
    case 'building.registered':
      return {
        ...event,
        address: maskedWords(event.address),
        ...(event.series !== undefined && { series: maskedName(event.series) }),
        ...(event.heatingPoint !== undefined && { heatingPoint: maskedName(event.heatingPoint) }),
      }
    case 'district.registered':
      return { ...event, name: maskedWords(event.name) }
    case 'category.registered':
      return {
        ...event,
        name: maskedWords(event.name),
        ...(event.group !== undefined && { group: maskedWords(event.group) }),
      }
    case 'building.corrected':
    case 'organization.corrected':
      return { ...event, reason: maskedText(event.reason) }
    case 'tenure.changed':
      return event.contract === undefined
        ? event
        : { ...event, contract: maskedName(event.contract) }
    default:
      return event
  }
}

const maskedWords = (words: Words): Words =>
  Object.fromEntries(
    Object.entries(words).map(([language, text = '']) => [language, maskedName(text)]),
  )
