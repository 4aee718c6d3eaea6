import type { Words } from '#server/contract/vocabulary.ts'
import type { RegistryTold } from '#server/domain/knowledge.ts'
import { maskedName } from '#server/domain/personal.ts'

/** What a source tells of the registry, with names that hold a phone or an identity number masked: everybody reads them. The log keeps them as they came. */
export function shownNames(event: RegistryTold): RegistryTold {
  switch (event.type) {
    case 'organization.registered':
      return { ...event, name: maskedName(event.name) }
    case 'organization.membership_changed':
      return event.body === null ? event : { ...event, body: maskedName(event.body) }
    case 'building.registered':
      return { ...event, address: maskedWords(event.address) }
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
