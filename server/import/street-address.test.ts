import { expect, test } from 'vitest'
import { withoutFlat } from '#server/domain/address/flat.ts'
import { aroundOf, houseOf, withoutHyphenFlat } from './street-address.ts'

const around = aroundOf(['Минск', 'Беларусь'])

test.for([
  ['улица Максима Горецкого, 3А', 'улица Максима Горецкого, 3А'],
  ['ул. Максима Горецкого 3а, Минск, Беларусь', 'улица Максима Горецкого, 3А'],
  ['Минск,  Максима Горецкого улица,  3 А', 'улица Максима Горецкого, 3А'],
  ['ул.Щорса,11', 'улица Щорса, 11'],
  ['ул. Горецкого, д. 36', 'улица Горецкого, 36'],
  ['улица Шугаева, 21 к2', 'улица Шугаева, 21 к2'],
  ['улица Шугаева, 21 корпус 2', 'улица Шугаева, 21 к2'],
  ['Минск,  проспект Любимова,  13 2', 'проспект Любимова, 13 к2'],
  ['ул. Есенина 35/1, Минск 220141, Беларусь', 'улица Есенина, 35/1'],
  ['улица Колесникова 26Минск', 'улица Колесникова, 26'],
  ['проспект Газеты ПРАВДА, 30', 'проспект Газеты Правда, 30'],
  ['ул. Героев 120-й дивизии 9, Минск, Беларусь', 'улица Героев 120-й Дивизии, 9'],
  ['2-й переулок Розы Люксембург, 3', 'переулок 2-й Розы Люксембург, 3'],
  ['улица 50 лет Победы 18', 'улица 50 лет Победы, 18'],
] as const)('%s is the house %s', ([text, house]) => {
  expect(houseOf(text, around)).toBe(house)
})

test.for([
  'Велодорожка',
  'улица Немига, Минск, Беларусь',
  'лобанка 14',
  'улица Ванеева 16, напротив подъезда 3',
  'улица Бельского 12 между подъездами 1 и 2',
  'Unnamed Road, Минск, Беларусь',
  '',
])('"%s" names no single house', (text) => {
  expect(houseOf(text, around)).toBeUndefined()
})

test('the number of a flat is a person’s and goes', () => {
  expect(houseOf('проспект Газеты Правда 42-58', around)).toBe('проспект Газеты Правда, 42')
  expect(withoutFlat('ул. Ленина 5 кв. 12')).toBe('ул. Ленина 5')
  expect(withoutFlat('улица Горовца, 20 к2 кв40')).toBe('улица Горовца, 20 к2')
  expect(withoutFlat('5 Main St Apt 4B')).toBe('5 Main St')
  expect(withoutFlat('5 Main St #3')).toBe('5 Main St')
  expect(withoutFlat('Абай даңғылы 5, пәтер 12')).toBe('Абай даңғылы 5')
  expect(withoutFlat('Абай даңғылы 5, 12-пәтер')).toBe('Абай даңғылы 5')
  expect(withoutFlat('ул. Ленина 5, 12 кв.')).toBe('ул. Ленина 5')
  for (const flat of [
    'кв.15/2',
    'кв. 15-16',
    'кв 15 и 16',
    'квартиры 15, 16',
    'кв-ра 15',
    '15-ші пәтер',
  ])
    expect(withoutFlat(`Вокзальная 1, ${flat}`)).toBe('Вокзальная 1')
  expect(withoutHyphenFlat('Якубова 48-1')).toBe('Якубова 48')
})

test('what only looks like a flat stays', () => {
  for (const text of ['улица Квартальная 5', '30 Unity St', 'Ulitsa Bel&#039;skogo 35'])
    expect(withoutFlat(text)).toBe(text)
})
