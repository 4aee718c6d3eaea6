import { expect, test, vi } from 'vitest'
import { maskedName, maskedText, personalIn } from './personal.ts'
import { personalFault, personalId } from './personal-fault.ts'
import { NOTATIONS } from './personal-patterns.ts'

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
  ['код домофона 45К1234', ['doorCode']],
  ['код подъезда 1234', ['doorCode']],
  ['код домофона #1234', ['doorCode']],
  ['писать t.me/ivanov_tg', ['handle']],
  ['код двери 45K1234', ['doorCode']],
  ['есік коды 1234', ['doorCode']],
  ['ivan@mail.ru', ['email']],
  ['ivan @ mail.ru', ['email']],
  ['писать на дом@почта.рф.', ['email']],
  ['8 701 555 01 02 и 900101300017', ['phone', 'iin']],
] as const)('"%s" looks as if it held %j', ([text, found]) => {
  expect(kinds(text)).toEqual(found)
})

test.for([
  ...['87011234567', '+77011234567', '77011234567', '8-701-123-45-67', '+7 (701) 123 45 67'],
  ...['8-7172-55-12-34', 'тел 8-7172-55-12-34', '+7 7172-55-12-34', '+7-7012-34-56-78'],
  ...['8 (727) 2-50-1234', '8701 12-34-5678', '8−701−123−45−67', '8–701—123‑45‐67'],
  ...[
    '8.701.123.45.67',
    '8(701)1234567',
    '8 701 123 4567',
    '8 701123 45 67',
    '8 - 701 - 123 - 45 - 67',
  ],
  ...['701 123 45 67', '(701) 123-45-67', '+375 29 123-45-67', '+998 90 123 45 67'],
  ...['тел.№ 551234', 'тел-551234', 'тел – 551234', 'телефоны: 551234', 'сот. 5-12-34'],
  ...[
    'WhatsApp 551234',
    'ватсап: 55 12 34',
    'тел № 87011234567',
    'телефон жильца 551234',
    'телефон номер 551234',
  ],
  // Wide, struck through, and with signs between that nobody sees.
  ...['８７０１１２３４５６７', '8\u03367\u03360\u033611234567', '8701\u200b123\u206045\u00ad67'],
  ...['𝟾𝟽𝟶𝟷𝟷𝟸𝟹𝟺𝟻𝟼𝟽', '87011234567/87021234567'],
])('"%s" is a phone', (text) => {
  expect(new Set(kinds(text))).toEqual(new Set(['phone']))
})

test.for([
  ...[
    ...['кв. 8 301 302 30 31', 'квартиры 901 902 90 91', 'труба d 700 300 20 10'],
    ...['8-800-080-77-77', 'телефон 102 112', 'тел. 2026-11-21 не ответил', 'сот. 5 10 20 30 м'],
    ...['счётчик 87654321012', 'KZ12 3456 7890 1234 5678', 'тел. 15 000 000 тенге'],
    '2 500 000.00 тенге',
    '1 250 000 000',
    '150 000 000',
    '123456789 тг',
    '8 500 000 000.00',
    '8 500 000 000 1 шт',
  ],
  ...['дома 12 14 16 18 20', '2-4-6-8-10-12-14', 'квартиры 101-110 121-130'],
  ...[
    '01.11.26-30.11.26',
    '21.11 10.00-18.00',
    '09.00-13.00 14.00-18.00',
    '8.00-13.00 14.00-18.00',
  ],
  ...['2024-2025 2025-2026', '21-22-23-24-25 ноября', '2024-2025-2026-2027', '2024 2025 2026 2027'],
  ...['заявка № 123456789', 'договор № 1234567890 от 10.02.2026', 'акт № 20261121-0001'],
  ...['АСК-2026-000012345', 'заявки 10234 10235 10236', '20-311-018-123', 'БИН 990 140 000 123'],
  ...['ГОСТ 30494-2011', 'СП РК 3.02-101-2012', 'пункты 1.1 1.2 1.3 1.4 1.5', 'Код 105'],
  ...['Домофон 5 подъезд', 'установлен домофон 2 шт', 'угля 5 т 2026 г', 'ТОО Кэмел т 2026'],
  ...['A@B Group', 'пр. Абая, 8-10-12-14-16', 'код домофона 2 подъезда не работает'],
  ...['телефон доверия 150', 'тел. 09.00-13.00 14.00-18.00', 'телефон 21.11.2026 молчал'],
  ...['сот. 10 000 тг', '202611000123', 'АСК-87011234567', 'технический паспорт № 123456'],
  ...['паспорт готовности 2025-2026', '261121000123', 'отправлено 2 шт. @ 500.00'],
])('"%s" is ordinary work', (text) => {
  expect([kinds(text), maskedText(text), maskedName(text)]).toEqual([[], text, text])
})

/** What of a pattern repeats, outside of sets of signs. */
const endless = ({ source }: RegExp) =>
  source
    .replaceAll(/\\[^pP]|\\[pP]\{\w+\}/g, 'x')
    .replaceAll(/\[[^\]]*\]/g, 'x')
    .match(/[*+]|\{\d+,\}/g) ?? []

test('no notation repeats without a bound, so that no text takes longer than its length', () => {
  expect(endless(/\p{L}*\+[+*](?:a{2,})+/u)).toEqual(['*', '{2,}', '+'])
  expect(NOTATIONS.map(({ pattern }) => endless(pattern))).toEqual(NOTATIONS.map(() => []))
})

test('of what stands before a number only the last signs are looked at, however long the text', () => {
  const seen: number[] = []
  const text = `${'#'.repeat(2670)}x${'123456789012#'.repeat(100)} 87011234567`
  for (const { kindOf, ...notation } of NOTATIONS) {
    const looked = { ...notation, kindOf: vi.fn(kindOf) }
    vi.spyOn(NOTATIONS, Symbol.iterator).mockReturnValueOnce([looked][Symbol.iterator]())
    personalIn(text)
    seen.push(...looked.kindOf.mock.calls.map(([, before]) => before.length))
  }
  vi.restoreAllMocks()
  expect(seen.length).toBeGreaterThan(100)
  expect(Math.max(...seen)).toBeLessThanOrEqual(24)
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
  expect(maskedText('акт 10.02.2026, звонить 8 701 555-01-02, код 45К1234')).toBe(
    'акт 10.02.2026, звонить •••02, •••34',
  )
})

test.for([
  ['+7 701 555-01-02', 'phone'],
  ['8(701)5550102', 'phone'],
  ['aigul@example.org', 'email'],
  ['8-701-123-45-67', 'phone'],
  ['tel:+77011234567', 'phone'],
  ['tel:87011234567', 'phone'],
  ['mailto:aigul@example.org', 'email'],
  ['2026(11)000123', null],
  ['+2026-11-000123', null],
  ['заявка 8-701-123-45-67', null],
  ['101001240734', null],
  ['87015550102', null],
  ['ЦУ-2026/000123', null],
  ['crm:1001', null],
] as const)('the number of a request "%s" is %s', ([id, looksLike]) => {
  expect(personalId(id)?.looksLike ?? null).toBe(looksLike)
})
