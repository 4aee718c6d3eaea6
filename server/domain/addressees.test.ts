import { describe, expect, test } from 'vitest'
import { authorityOf, isAboutCompany, properAddressee } from './addressees.ts'
import type { Category, Organization } from './registry.ts'

const category = (ru: string, group?: string): Category => ({
  key: 1,
  id: 'c',
  name: { ru },
  group: group ? { ru: group } : null,
  about: null,
})
const organization = (id: string, kind: Organization['kind'], name: string): Organization => ({
  ...{ key: 1, id, kind, name, phone: null, mergedInto: null },
})
const CITY = [
  organization('uk', 'uk', 'УК Газовик'),
  organization('s-gas', 'supplier', 'Горгаз'),
  organization('s-power', 'supplier', 'Электросети'),
  organization('g-yards', 'department', 'Управление благоустройства'),
]

describe('a category belongs to the supplier or department that its words name', () => {
  test.for([
    ['Запах газа', 's-gas'],
    ['Электросчётчик', 's-power'],
    ['Деревья и газон', 'g-yards'],
    ['Не вывезен мусор', 'g-yards'],
    ['Газон вытоптан', 'g-yards'],
    ['Течь батареи', undefined],
    ['Лифт не работает', undefined],
  ] as const)('%s: %s', ([name, id]) => expect(properAddressee(category(name), CITY)?.id).toBe(id))
  test('and to nobody where the city has no such organization', () => {
    expect(properAddressee(category('Запах газа'), CITY.slice(0, 1))).toBeUndefined()
  })
})

test('a complaint about the company is one by its kind and by its category, not by either alone', () => {
  const about = category('Жалоба на организацию')
  expect(isAboutCompany('complaint', about)).toBe(true)
  expect(isAboutCompany('question', about)).toBe(false)
  expect(isAboutCompany('complaint', category('Отопление'))).toBe(false)
})

test.for([
  ...['Работа ТСЖ', 'Качество работы управляющей организации', 'Грубость диспетчера УК'],
  ...['Басқарушы компания жұмысы', 'ОСИ төрағасының әрекеті', 'Бездействие УК', 'Жалоба на КСК'],
  ...['Действия председателя', 'Хамство сотрудников', 'Претензии к ОСИ', 'МИБ-ке шағым'],
  ...['Жалоба на работу УК', 'КСК қызметкерлерінің дөрекілігі', 'Conduct of the managing company'],
])('a complaint of category "%s" is about the company', (name) =>
  expect(isAboutCompany('complaint', category(name))).toBe(true),
)

test.for([
  ...['Ремонт и качество работы лифта', 'Ремонтные работы УК', 'Жалоба на укладку асфальта'],
  ...['Жалоба на птиц на чердаке', 'Хамство соседей', 'Начисления УК', 'Сведения о собрании ОСИ'],
  ...['Лифт жұмысы', 'Басқарушы компания жұмыстары', 'Действия указателя', 'Грубая штукатурка'],
  ...['Работа домофона · УК', 'Диспетчерская УК: связь в лифте', 'Работы ТСЖ в подъезде'],
])('a complaint of category "%s" is about the house', (name) =>
  expect(isAboutCompany('complaint', category(name))).toBe(false),
)

test('what the city says of a category goes before its words', () => {
  const said = (name: string, about: Category['about']) =>
    isAboutCompany('complaint', { ...category(name), about })
  expect([said('Прочее', 'company'), said('Жалоба на УК', 'house')]).toEqual([true, false])
})

test('complaints go to the inspectorate, else to the department', () => {
  const department = organization('d', 'department', 'Управление')
  const inspectorate = organization('i', 'inspectorate', 'Инспекция')
  const cityOf = (known: Organization[]) => ({
    organizations: () => known,
    organizationById: (id: string) => known.find((one) => one.id === id),
  })
  const of = (...known: Organization[]) => authorityOf(cityOf(known))?.id
  expect([of(department, inspectorate), of(department), of(...CITY.slice(0, 1))]).toEqual([
    'i',
    'd',
    undefined,
  ])
  const chosen = (id: string) => authorityOf(cityOf([department, inspectorate]), id)?.id
  expect([chosen('d'), chosen('nobody')]).toEqual(['d', 'i'])
})
