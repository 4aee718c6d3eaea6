import { inLanguage, LANGUAGES, type Language } from '#server/contract/vocabulary.ts'
import type { Category, Registry } from '#server/domain/registry.ts'
import { Open311Error } from './answer.ts'

/** Requests whose category is unknown need a code too; it is told and cannot be sent. */
export const UNKNOWN_SERVICE = 'unknown'

const TITLES = {
  entrance: { ru: 'Номер подъезда', kk: 'Кіреберіс нөмірі', en: 'Number of the entrance' },
  flat: { ru: 'Номер квартиры', kk: 'Пәтер нөмірі', en: 'Number of the flat' },
}
const HINTS = {
  entrance: { ru: 'целое число от 1', kk: '1-ден басталатын бүтін сан', en: 'whole number from 1' },
  flat: {
    ru: 'хранится отдельно от заявки',
    kk: 'өтінімнен бөлек сақталады',
    en: 'kept apart from the request',
  },
}
export type AttributeCode = keyof typeof TITLES
export const isAttribute = (code: string): code is AttributeCode => Object.hasOwn(TITLES, code)

/** Categories of the registry as services of the protocol. */
export const servicesOf = (registry: Registry, language: Language) =>
  Array.from(registry.categories(), ({ id, name, group }: Category) => ({
    service_code: id,
    service_name: inLanguage(name, language),
    description: null,
    metadata: true,
    type: 'realtime',
    keywords:
      LANGUAGES.filter((other) => other !== language)
        .flatMap((other) => name[other] ?? [])
        .join(', ') || null,
    group: group && inLanguage(group, language),
  }))

export function definitionOf(registry: Registry, code: string, language: Language) {
  if (!registry.categoryById(code))
    throw new Open311Error(404, `service_code "${code.slice(0, 128)}" was not found`)
  const attribute = (name: AttributeCode, order: number, datatype: 'number' | 'string') => ({
    variable: true,
    code: name,
    datatype,
    required: false,
    datatype_description: inLanguage(HINTS[name], language),
    order,
    description: inLanguage(TITLES[name], language),
    values: [],
  })
  return {
    service_code: code,
    attributes: [attribute('entrance', 1, 'number'), attribute('flat', 2, 'string')],
  }
}
