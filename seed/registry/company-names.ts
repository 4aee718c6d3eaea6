import type { OrganizationKind } from '#server/contract/vocabulary.ts'
import type { Random } from '../random.ts'

export type ManagingKind = Extract<OrganizationKind, 'uk' | 'tszh' | 'osi' | 'ksk' | 'pt' | 'zhsk'>

const PREFIX: Record<ManagingKind, string> = {
  uk: 'УК',
  tszh: 'ТСЖ',
  osi: 'ОСИ',
  ksk: 'КСК',
  pt: 'ПТ',
  zhsk: 'ЖСК',
}
const WORDS: Record<ManagingKind, readonly string[]> = {
  uk: [
    'Ясная',
    'Перспектива',
    'Опора',
    'Городской уют',
    'Рассвет',
    'Вертикаль',
    'Дом и двор',
    'Новый квартал',
    'Надёжный дом',
    'Эталон',
    'Комфорт',
    'Степной край',
    'Центральная',
    'Тёплый дом',
    'Содружество',
    'Белая река',
    'Высота',
    'Меридиан',
    'Заречная',
    'Гарант',
  ],
  ksk: [
    'Нұр',
    'Байтерек',
    'Береке',
    'Арман',
    'Бірлік',
    'Ынтымақ',
    'Жұлдыз',
    'Тұлпар',
    'Айгерим',
    'Шаңырақ',
    'Отау',
    'Атамекен',
    'Жетісу',
    'Болашақ',
  ],
  tszh: [
    'Липки',
    'Весеннее',
    'Родник',
    'Берёзка',
    'Сирень',
    'Луговое',
    'Наш двор',
    'Кленовое',
    'Тихий берег',
    'Яблоневое',
    'Парковое',
    'Лада',
  ],
  osi: [
    'Думан',
    'Ақбұлақ',
    'Самал',
    'Мерей',
    'Алатау',
    'Көкше',
    'Сарыарқа',
    'Бәйтерек',
    'Достар',
    'Шағала',
    'Айнабұлақ',
    'Жастар',
  ],
  pt: [
    'Сейфуллина',
    'Гоголя',
    'Береговая',
    'Школьная',
    'Парковая',
    'Ауэзова',
    'Депо',
    'Спортивная',
  ],
  zhsk: [
    'Строитель',
    'Энергетик',
    'Машинист',
    'Учитель',
    'Геолог',
    'Монтажник',
    'Связист',
    'Металлург',
  ],
}

/** «УК Ясная», «ОСИ Думан-9»; numbered kinds always carry a number, the others once their words are used up. */
export function createCompanyNames(random: Random): (kind: ManagingKind) => string {
  const left = Object.fromEntries(
    Object.entries(WORDS).map(([kind, words]) => [kind, random.shuffled(words)]),
  ) as Record<ManagingKind, string[]>
  const taken = new Set<string>(['ОСИ Алатау-12'])
  return (kind) => {
    const numbered = kind === 'osi' || kind === 'pt'
    const word = numbered ? undefined : left[kind].pop()
    if (word) return `${PREFIX[kind]} ${word}`
    for (;;) {
      const name = `${PREFIX[kind]} ${random.pick(WORDS[kind])}-${random.whole(1, 48)}`
      if (taken.has(name)) continue
      taken.add(name)
      return name
    }
  }
}

/** Those who answer for no house. The first eight are in every city, the first thirteen in all but the smallest; the largest have several crews of a trade. */
export const OTHERS: readonly {
  id: string
  name: string
  kind: OrganizationKind
  trade: string
}[] = [
  { id: 'c-lift', name: 'Лифт-Сервис', kind: 'contractor', trade: 'lift' },
  { id: 'c-plumb', name: 'Сантехмонтаж', kind: 'contractor', trade: 'plumbing' },
  { id: 'c-spark', name: 'ЭлектроДом', kind: 'contractor', trade: 'electric' },
  { id: 's-heat', name: 'Домоградские тепловые сети', kind: 'supplier', trade: 'heat' },
  { id: 's-water', name: 'Домоград Су арнасы', kind: 'supplier', trade: 'water' },
  { id: 'd-ads', name: 'Городская аварийная служба', kind: 'dispatch', trade: 'dispatch' },
  {
    id: 'g-housing',
    name: 'Управление жилищного хозяйства',
    kind: 'department',
    trade: 'department',
  },
  { id: 'g-inspection', name: 'Жилищная инспекция', kind: 'inspectorate', trade: 'inspectorate' },
  { id: 'c-roof', name: 'Кровля-Плюс', kind: 'contractor', trade: 'roof' },
  { id: 'c-clean', name: 'Чистый двор', kind: 'contractor', trade: 'cleaning' },
  { id: 's-gas', name: 'Домоградгаз', kind: 'supplier', trade: 'gas' },
  { id: 's-power', name: 'Домоградские электросети', kind: 'supplier', trade: 'power' },
  { id: 'g-yards', name: 'Управление благоустройства', kind: 'department', trade: 'department' },
  { id: 'c-plumb-2', name: 'Акватех', kind: 'contractor', trade: 'plumbing' },
  { id: 'c-lift-2', name: 'Подъём', kind: 'contractor', trade: 'lift' },
  { id: 'c-spark-2', name: 'Жарық Сервис', kind: 'contractor', trade: 'electric' },
  { id: 'c-roof-2', name: 'Шатыр', kind: 'contractor', trade: 'roof' },
  { id: 'c-clean-2', name: 'Тазалық', kind: 'contractor', trade: 'cleaning' },
  { id: 'c-plumb-3', name: 'Родник-Монтаж', kind: 'contractor', trade: 'plumbing' },
  { id: 'c-plumb-4', name: 'Су Шебер', kind: 'contractor', trade: 'plumbing' },
  { id: 'c-lift-3', name: 'Биік', kind: 'contractor', trade: 'lift' },
  { id: 'c-spark-3', name: 'Контакт', kind: 'contractor', trade: 'electric' },
  { id: 'c-clean-3', name: 'Белая метла', kind: 'contractor', trade: 'cleaning' },
  { id: 'c-gas', name: 'ГазСервис', kind: 'contractor', trade: 'gas' },
]
