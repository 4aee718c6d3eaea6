import { expect, test } from 'vitest'
import { withoutPerson } from './place-text.ts'

test.for([
  ['ул. Абая, 3, кв. 12', 'ул. Абая, 3', '12'],
  ['ул. Абая 3 квартира 12а, подъезд 2', 'ул. Абая 3, подъезд 2', '12а'],
  ['Абай көшесі, 3, 12-пәтер', 'Абай көшесі, 3', '12'],
  ['Абай көшесі 3, пәтер 12', 'Абай көшесі 3', '12'],
  ['3 Abay street, apt 12', '3 Abay street', '12'],
  ['ул. Абая, 3, звонить +7 (701) 555-01-02', 'ул. Абая, 3, звонить', null],
  ['ул. Квартальная, 3, корп. 2', 'ул. Квартальная, 3, корп. 2', null],
  ['пр. Кв', 'пр. Кв', null],
] as const)('%s is the place "%s"', ([text, place, flat]) => {
  expect(withoutPerson(text)).toEqual({ place, flat })
})
