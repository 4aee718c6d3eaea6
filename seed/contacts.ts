import type { DomainEvent } from '#server/contract/events.ts'
import type { SubjectRecord } from '#server/contract/subjects.ts'
import { DAY } from './calendar.ts'
import { TROUBLES } from './demand/categories.ts'
import { createRandom, mix, type Random } from './random.ts'

/** How long a source says that a person is kept. */
const KEPT = 3 * 365 * DAY
const WRITTEN = new Set(['app', 'web', 'messenger', 'front_office'])

/** The invented person behind a registration, as its source would tell it; undefined where the source told of nobody. */
export function contactOf(event: DomainEvent): SubjectRecord | undefined {
  if (event.type !== 'request.registered' || event.subjectId === undefined) return undefined
  const { subjectId, request, category, channel, occurredAt } = event
  const random = createRandom(mix(0, 'contact', subjectId))
  const kazakh = random.chance(0.55)
  const text = WRITTEN.has(channel) ? wordsOf(category, kazakh, random) : undefined
  return {
    subjectId,
    name: kazakh ? kazakhName(random) : russianName(random),
    phone: phoneOf(random),
    flat: `${kazakh ? 'пәтер' : 'кв.'} ${random.whole(1, 140)}`,
    consent: random.chance(0.7),
    retainUntil: occurredAt + KEPT,
    ...(channel === 'app' || channel === 'web'
      ? { email: `zhitel-${mix(1, subjectId).toString(36)}@mail.example` }
      : {}),
    ...(text === undefined ? {} : { request, text }),
  }
}

/** No country code and no operator begins so: it rings nowhere. */
const phoneOf = (random: Random) =>
  `+7 000 ${random.whole(100, 999)} ${two(random.whole(0, 99))} ${two(random.whole(0, 99))}`
const two = (figure: number) => String(figure).padStart(2, '0')

const FIRST_KK = [
  'Айгүл',
  'Нұрлан',
  'Гүлнәр',
  'Ерлан',
  'Әсел',
  'Бауыржан',
  'Жанар',
  'Марат',
  'Дана',
  'Серік',
]
const LAST_KK = [
  'Ахметова',
  'Сейітқали',
  'Оспанқызы',
  'Жұмабай',
  'Тілеуқызы',
  'Қасымұлы',
  'Әбдіқызы',
  'Нұрғали',
]
const WOMEN = ['Ирина', 'Людмила', 'Ольга', 'Наталья', 'Вера', 'Тамара']
const MEN = ['Сергей', 'Виктор', 'Андрей', 'Павел', 'Николай', 'Геннадий']
const LAST_RU = [
  'Кузнецов',
  'Мельников',
  'Орлов',
  'Соколов',
  'Ткачёв',
  'Егоров',
  'Романов',
  'Власов',
]

const kazakhName = (random: Random) => `${random.pick(FIRST_KK)} ${random.pick(LAST_KK)}`
function russianName(random: Random): string {
  const woman = random.chance(0.6)
  return `${random.pick(woman ? WOMEN : MEN)} ${random.pick(LAST_RU)}${woman ? 'а' : ''}`
}

function wordsOf(category: string | undefined, kazakh: boolean, random: Random): string {
  const name = TROUBLES.find(({ id }) => id === category)?.name
  if (kazakh)
    return random.chance(0.5)
      ? `${name?.kk ?? 'Мәселе'}. Екінші күн болды, шара қолдануыңызды сұраймын.`
      : `Сәлеметсіз бе! ${name?.kk ?? 'Мәселе'}, маман жіберіңізші.`
  return random.chance(0.5)
    ? `Здравствуйте! ${name?.ru ?? 'Проблема'}. Просим принять меры.`
    : `${name?.ru ?? 'Проблема'} уже второй день. Пришлите, пожалуйста, мастера.`
}
