import type { DeskQueue } from '#server/contract/desk.ts'
import measuresEn from '#server/contract/measures/en.ts'
import measuresKk from '#server/contract/measures/kk.ts'
import measuresRu from '#server/contract/measures/ru.ts'
import type { MeasureId, Measures } from '#server/contract/measures/shape.ts'
import { tokenOf } from '#server/contract/measures/versions.ts'
import type { Language } from '#server/contract/vocabulary.ts'
import en from '#server/contract/words/en.ts'
import kk from '#server/contract/words/kk.ts'
import ru from '#server/contract/words/ru.ts'
import type { DomainWords } from '#server/contract/words/shape.ts'

/** The shared vocabulary in all languages at once; a page loads only its own. */
export const DOMAIN_WORDS: Record<Language, DomainWords> = { kk, ru, en }

interface ExportWords {
  product: string
  what: string
  filter: string
  only: string
  everything: string
  cut: string
  zone: string
  order: string
  measures: string
  means: (name: string, definition: string, excluded: string) => string
  rows: string
  requests: string
  buildings: string
  organizations: string
  flags: string
  completeness: string
  norms: string
  desk: Record<DeskQueue, string>
  rules: string
  revision: string
  ascending: string
  descending: string
  search: string
  registry: string
  asOf: string
  knownAt: string
  now: string
  stalePhones: string
  difference: string
  onlyIn: string
  unit: Record<'onTime' | 'stages' | 'breakdown' | 'outcomes' | 'months', string>
  stage: Record<
    'routing' | 'acknowledgement' | 'assignment' | 'arrival' | 'work' | 'closing' | 'rework',
    string
  >
}

export const EXPORT_WORDS: Record<Language, ExportWords> = {
  ru: {
    product: 'Домовой',
    what: 'Что это',
    filter: 'Отбор',
    only: 'Только',
    everything: 'без отбора',
    cut: 'На момент',
    zone: 'Часовой пояс',
    order: 'Порядок строк',
    measures: 'Меры',
    means: (name, definition, excluded) => `«${name}»: ${definition} Исключено: ${excluded}`,
    rows: 'Строк',
    requests: 'Заявки',
    buildings: 'Дома',
    organizations: 'Организации',
    flags: 'Поводы',
    completeness: 'Полнота данных по источникам',
    norms: 'Нормы',
    desk: {
      complaints: 'Жалобы на организации',
      addresses: 'Адрес не определён',
      messages: 'Сообщения без подтверждения личности',
      misdirected: 'Не по адресу',
    },
    rules: 'Правила поводов, версия',
    revision: 'ревизия данных',
    ascending: 'по возрастанию',
    descending: 'по убыванию',
    search: 'Поиск',
    registry: 'Реестр',
    asOf: 'Как было на',
    knownAt: 'Что знали на',
    now: 'сейчас',
    stalePhones: 'телефон не проверен больше года',
    difference: 'Разница двух чисел',
    onlyIn: 'Только в числе',
    unit: {
      onTime: 'В срок по разным определениям',
      stages: 'Этапы',
      breakdown: 'Разбивка заявок',
      outcomes: 'Чем кончаются заявки',
      months: 'По месяцам',
    },
    stage: {
      routing: 'Направление',
      acknowledgement: 'Принятие',
      assignment: 'Назначение',
      arrival: 'Выезд',
      work: 'Работа',
      closing: 'Проверка и закрытие',
      rework: 'Возвращено на доработку',
    },
  },
  kk: {
    product: 'Домовой',
    what: 'Бұл не',
    filter: 'Іріктеу',
    only: 'Тек',
    everything: 'іріктеусіз',
    cut: 'Уақыты',
    zone: 'Уақыт белдеуі',
    order: 'Жолдар реті',
    measures: 'Өлшемдер',
    means: (name, definition, excluded) =>
      `«${name}»: ${definition} Есептен шығарылған: ${excluded}`,
    rows: 'Жол саны',
    requests: 'Өтінімдер',
    buildings: 'Үйлер',
    organizations: 'Ұйымдар',
    flags: 'Негіздер',
    completeness: 'Дереккөздер бойынша деректердің толықтығы',
    norms: 'Нормалар',
    desk: {
      complaints: 'Ұйымдарға шағымдар',
      addresses: 'Мекенжайы анықталмаған',
      messages: 'Жеке басы расталмаған хабарламалар',
      misdirected: 'Қате жолданған',
    },
    rules: 'Негіздер ережесі, нұсқа',
    revision: 'деректер ревизиясы',
    ascending: 'өсу реті',
    descending: 'кему реті',
    search: 'Іздеу',
    registry: 'Тізілім',
    asOf: 'Қай күнгі жағдай',
    knownAt: 'Қай күнгі мәлімет',
    now: 'қазір',
    stalePhones: 'телефон бір жылдан астам тексерілмеген',
    difference: 'Екі санның айырмасы',
    onlyIn: 'Тек осы санда',
    unit: {
      onTime: 'Мерзімінде, түрлі анықтамалар бойынша',
      stages: 'Кезеңдер',
      breakdown: 'Өтінімдерді бөлу',
      outcomes: 'Өтінімдер немен аяқталады',
      months: 'Айлар бойынша',
    },
    stage: {
      routing: 'Жіберу',
      acknowledgement: 'Қабылдау',
      assignment: 'Тағайындау',
      arrival: 'Бару',
      work: 'Жұмыс',
      closing: 'Тексеру және жабу',
      rework: 'Пысықтауға қайтарылғаны',
    },
  },
  en: {
    product: 'Domovoi',
    what: 'What this is',
    filter: 'Filter',
    only: 'Only',
    everything: 'none',
    cut: 'As of',
    zone: 'Time zone',
    order: 'Order of rows',
    measures: 'Measures',
    means: (name, definition, excluded) => `“${name}”: ${definition} Left out: ${excluded}`,
    rows: 'Rows',
    requests: 'Requests',
    buildings: 'Buildings',
    organizations: 'Organizations',
    flags: 'Flags',
    completeness: 'Completeness of sources',
    norms: 'Norms',
    desk: {
      complaints: 'Complaints about organizations',
      addresses: 'Address not determined',
      messages: 'Messages without confirmed identity',
      misdirected: 'Misdirected',
    },
    rules: 'Rules, version',
    revision: 'data revision',
    ascending: 'ascending',
    descending: 'descending',
    search: 'Search',
    registry: 'Registry',
    asOf: 'True as of',
    knownAt: 'Known at',
    now: 'now',
    stalePhones: 'phone not verified for over a year',
    difference: 'Difference of two numbers',
    onlyIn: 'Only in',
    unit: {
      onTime: 'In time by several definitions',
      stages: 'Stages',
      breakdown: 'Requests by part',
      outcomes: 'How requests end',
      months: 'By month',
    },
    stage: {
      routing: 'Routing',
      acknowledgement: 'Acceptance',
      assignment: 'Assignment',
      arrival: 'Arrival',
      work: 'Work',
      closing: 'Check and closing',
      rework: 'Returned for rework',
    },
  },
}

export const MEASURES: Record<Language, Measures> = {
  kk: measuresKk,
  ru: measuresRu,
  en: measuresEn,
}

/** The measures that a file rests on, by their exact names (`open@1, overdue@1`), and what each of them means. */
export function measureLines(
  ids: readonly MeasureId[],
  language: Language,
): (readonly [label: string, value: string])[] {
  const words = EXPORT_WORDS[language]
  return [
    [words.measures, ids.map(tokenOf).join(', ')],
    ...ids.map((id) => {
      const { name, definition, excluded } = MEASURES[language][id]
      return [tokenOf(id), words.means(name, definition, excluded)] as const
    }),
  ]
}
