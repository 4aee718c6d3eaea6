import { expect, test } from 'vitest'
import { maskedName, maskedText, personalIn } from './personal.ts'
import { personalFault, personalId } from './personal-fault.ts'

const kinds = (text: string) => personalIn(text).map(({ looksLike }) => looksLike)

// INN: an example of the tax service; SNILS: of the pension fund; cards: of the payment systems. The IIN by hand:
// 9·1 + 0·2 + 0·3 + 1·4 + 0·5 + 1·6 + 3·7 + 0 + 0 + 0 + 1·11 = 51, 51 mod 11 = 7.
test.for([
  ['просил перезвонить на 8 701 555-01-02', ['phone']],
  ['писать на aigul@example.org', ['email']],
  ['писать @ivanov_tg', ['handle']],
  ['тел. 22-33-44', ['phone']],
  ['жилец 900101300017 согласен', ['iin']],
  ['ИИН 900101 300017', ['iin']],
  ['ИНН 500100732259', ['inn']],
  ['СНИЛС 112-233-445 95', ['snils']],
  ['снилс 11223344595', ['snils']],
  ['карта 4111 1111 1111 1111', ['card']],
  ['перевели на 2200000000000004', ['card']],
  ['паспорт серии 45 12 № 123456', ['document']],
  ['жеке куәлік № 012345678', ['document']],
  ['домофон 12К3456', ['doorCode']],
  ['8 701 555 01 02 и 900101300017', ['phone', 'iin']],
] as const)('"%s" looks as if it held %j', ([text, found]) => {
  expect(kinds(text)).toEqual(found)
})

test.for([
  'договор № 15 от 10.02.2026 12:30',
  'акт от 2026-02-10, кв. 5',
  'дубль 101001240734',
  // A check digit that is wrong; the twelve digits of a legal person, which have no day of birth.
  'счёт 900101300018',
  'БИН 990340000670',
  'заявка № 900101300017',
  'ИНН 7707083893',
  'паспорт дома 2014 года',
  '050000 г. Алматы, Абая 150/230',
  'выполнено 21.11.2026 в 14:32:10',
])('"%s" holds nothing of a person', (text) => {
  expect(kinds(text)).toEqual([])
})

test('what is found is told by its kind and its last two signs, and never whole', () => {
  expect(personalFault('ИИН 900101300017')).toEqual({
    ...{ looksLike: 'iin', end: '17' },
    words: 'a personal number (IIN) (…17)',
  })
})

test.for([
  // The name of a sole trader is the name of an organization.
  ['ИП Иванов И. И.', 'ИП Иванов И. И.'],
  ['ЖК «Ақ Орда» 2020-2021', 'ЖК «Ақ Орда» 2020-2021'],
  ['ООО «Дом», ИНН 7707083893', 'ООО «Дом», ИНН 7707083893'],
  ['ТОО «Сервис 102»', 'ТОО «Сервис 102»'],
  ['ИП Иванов И. И., ИНН 500100732259', 'ИП Иванов И. И., ИНН •••59'],
  ['ИП Сейтова ИИН 900101300017', 'ИП Сейтова ИИН •••17'],
  ['КСК Мирас, тел. 22-33-44', 'КСК Мирас, •••44'],
  ['ОСИ Абая 3 (+7 701 555-01-02)', 'ОСИ Абая 3 (•••02)'],
  ['ТСЖ Весна 8-701-555-01-02 Айгуль', 'ТСЖ Весна •••02 Айгуль'],
  ['УК Север uk@example.org', 'УК Север •••'],
  ['г. Алматы, Абая, 150/230', 'г. Алматы, Абая, 150/230'],
] as const)('the name "%s" is shown as "%s"', ([name, shown]) => {
  expect(maskedName(name)).toBe(shown)
})

test('of a text of a source everything that looks personal is masked, the rest stays', () => {
  expect(maskedText('акт 10.02.2026, звонить 8 701 555-01-02, код 45К')).toBe(
    'акт 10.02.2026, звонить •••02, •••5К',
  )
})

test.for([
  ['+7 701 555-01-02', 'phone'],
  ['8(701)5550102', 'phone'],
  ['aigul@example.org', 'email'],
  ['101001240734', null],
  ['87015550102', null],
  ['ЦУ-2026/000123', null],
  ['crm:1001', null],
] as const)('the number of a request "%s" is %s', ([id, looksLike]) => {
  expect(personalId(id)?.looksLike ?? null).toBe(looksLike)
})
