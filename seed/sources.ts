import type { Channel, Words } from '#server/contract/vocabulary.ts'

/** Systems that send events. Their names are shown with the age of their newest event. */
export const SOURCES = {
  '109': { kk: '109 қызметі', ru: 'Служба 109', en: 'Service 109' },
  portal: { kk: 'Портал', ru: 'Портал', en: 'Portal' },
  app: { kk: 'Қосымша', ru: 'Приложение', en: 'App' },
  ads: { kk: 'Апаттық қызмет', ru: 'Аварийная', en: 'Emergency' },
  companies: { kk: 'Орындаушылар', ru: 'Исполнители', en: 'Companies' },
  bot: { kk: 'Чат-бот', ru: 'Чат-бот', en: 'Chat bot' },
  social: { kk: 'Әлеуметтік желілер', ru: 'Соцсети', en: 'Social networks' },
  suppliers: { kk: 'Жеткізушілер', ru: 'Поставщики', en: 'Suppliers' },
  inspection: { kk: 'Тұрғын үй инспекциясы', ru: 'Жилинспекция', en: 'Inspection' },
  registry: { kk: 'Тізілім', ru: 'Реестр', en: 'Registry' },
} as const satisfies Record<string, Words>
export type Source = keyof typeof SOURCES

export const SOURCE_OF: Partial<Record<Channel, Source>> = {
  phone: '109',
  messenger: '109',
  social_network: 'social',
  front_office: '109',
  web: 'portal',
  app: 'app',
  emergency_dispatch: 'ads',
}
