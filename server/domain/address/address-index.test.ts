import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAddressIndex } from './address-index.ts'
import { MATCH } from './likeness.ts'

/** Каменск: two Садовая of different kinds, a house in two corpora, two streets a letter apart, an avenue and a lane without a twin. */
const HOUSES: readonly (readonly string[])[] = [
  ['ул. Садовая, 5', 'Бақ көшесі, 5', '5 Sadovaya Street'],
  ['пер. Садовый, 5', 'Бақ тұйығы, 5'],
  ['ул. Мира, 10, к. 1'],
  ['ул. Мира, 10, к. 2'],
  ['ул. Лесная, 7'],
  ['ул. Академика Королёва, 3'],
  ['пр-кт. Независимости, 1', 'Тәуелсіздік даңғылы, 1'],
  ['ул. Мира, 12'],
  ['ул. Мира, 12'],
  ['с. Дальнее, ул. Полевая, 4'],
  ['ул. Қабанбай батыра, 8', 'Қабанбай батыр көшесі, 8'],
  ['ул. Мира, 14А'],
  ['пер. Тихий, 9'],
]
const index = createAddressIndex(['Каменск', 'Каменскі'])
HOUSES.forEach((writings, building) => {
  index.put(building, writings)
})
const found = (text: string) => index.match(text).found?.building ?? null
const suggested = (text: string) => index.match(text).suggestions.map(({ building }) => building)

describe('an address finds its house', () => {
  test.for([
    ['г. Каменск, ул. Садовая, д. 5, кв. 8', 0],
    ['каменск садовая ул 5', 0],
    ['Садовая, 5', 0],
    ['Бақ көшесі, 5-үй', 0],
    ['5 Sadovaya Street', 0],
    ['Садовый пер., 5', 1],
    ['улица Мира 10к2', 3],
    ['Тәуелсіздік даңғ., 1', 6],
    ['ул. Мира, 14 а', 11],
    ['Дальнее село, Полевая улица, 4', 9],
  ] as const)('%s', ([text, building]) => expect(found(text)).toBe(building))

  test('the score says how far the words were apart', () => {
    const scores = ['ул. Академика Королёва, 3', 'ул. Королева, 3'].map(
      (text) => index.match(text).found?.score,
    )
    expect(scores).toEqual([1, 0.88])
  })
})

describe('and never another', () => {
  test.for([
    ['another number', 'ул. Садовая, 6'],
    ['a corpus that is not there', 'ул. Садовая, 5, к. 1'],
    ['a missing corpus where there are two', 'ул. Мира, 10'],
    ['another letter', 'ул. Мира, 14Б'],
    ['a missing letter', 'ул. Мира, 14'],
    ['another fraction', 'ул. Садовая, 5/2'],
    ['another kind', 'пр-кт. Садовая, 5'],
    ['a street a letter apart', 'ул. Летная, 7'],
    ['another town', 'г. Светлый, ул. Садовая, 5'],
    ['another village', 'с. Ближнее, ул. Полевая, 4'],
    ['an ordinal too many', '2-я Садовая ул., 5'],
    ['a lane that may be a street', 'Тихий, 9'],
    ['no house', 'ул. Садовая'],
    ['two houses with one address', 'ул. Мира, 12'],
  ] as const)('%s: %s', ([, text]) => expect(found(text)).toBeNull())

  test('houses of one address are told to be ambiguous and both suggested', () => {
    expect(index.match('ул. Мира, 12')).toMatchObject({ found: null, ambiguous: true })
    expect(suggested('ул. Мира, 12').slice(0, 2)).toEqual([7, 8])
  })
})

describe('what is not sure is suggested, best first and below the score that decides', () => {
  test.for([
    ['ул. Мира, 10', [2, 3]],
    ['ул. Леснная, 7', [4]],
    ['Тихий, 9', [12]],
    ['ул. Кабанбай батыра, 8', [10]],
  ] as const)('%s', ([text, buildings]) => {
    expect(found(text)).toBeNull()
    expect(suggested(text).slice(0, buildings.length)).toEqual(buildings)
    for (const { score } of index.match(text).suggestions) expect(score).toBeLessThan(MATCH)
  })
})

/** Streets and houses whose numbers add up to one another. */
const ALIKE = [
  ...['ул. Вокзальная, 1', 'ул. Вокзальная, 1/2', 'ул. Вокзальная, 1-16', '1-я Вокзальная ул., 2'],
  ...['ул. Гагарина, 10', 'ул. Гагарина, 10, корп. 2', 'ул. Набережная, 1', 'пр. Абая, 4'],
  ...['мкр. Самал-1, 2', 'ул. Мира, 3', 'пр-кт Мира, 3', 'пр-кт Мира, 8', 'Вокзал көшесі, 5'],
] as const
const alike = createAddressIndex(['Каменск'])
ALIKE.forEach((text, building) => {
  alike.put(building, [text])
})
const meant = (text: string) => {
  const { found } = alike.match(text)
  return found && ALIKE[found.building]
}

describe('what is behind the door of a house never makes it another', () => {
  const BEHIND = [
    ...['2 подъезд', '2-й подъезд', 'второй подъезд', 'подъезд 2', '2 под.', '1-2 подъезд'],
    ...['2 подъезд, 16 этаж', '2 эт', '16-й этаж', '2-кіреберіс', '2 кіреберіс, 16 қабат'],
    ...['кв.15/2', 'кв. 15-16', 'кв 15 и 16', 'квартиры 15, 16', 'кв. № 2', 'кв-ра 2', '2 кв.'],
    ...[
      '15/2 кв',
      '16-шы пәтер',
      '2-пәтер',
      'п-р 2',
      'ком. 2',
      'кв. пятнадцать',
      '2 подъезд 16 кв',
    ],
  ]
  test.for(BEHIND)('%s', (behind) => {
    for (const house of [
      'ул. Вокзальная 1',
      'ул. Вокзальная, д. 1',
      'Вокзальная, 1',
      'Вокзальная 1',
    ])
      expect(meant(`${house}, ${behind}`)).toBe('ул. Вокзальная, 1')
    expect(meant(`${behind}, ул. Вокзальная, д. 1`)).toBe('ул. Вокзальная, 1')
    expect(meant(`1-я Вокзальная ул. 2, ${behind}`)).toBe('1-я Вокзальная ул., 2')
    expect(meant(`Вокзальная 1/2, ${behind}`)).toBe('ул. Вокзальная, 1/2')
    expect(meant(`ул. Гагарина 10, корпус 2, ${behind}`)).toBe('ул. Гагарина, 10, корп. 2')
  })

  test.for(['ул. Вокзальная 1, 2', 'ул. Вокзальная 1 2', 'Вокзальная ул 1 , 2'])(
    'a second number without a word is told to the desk: %s',
    (text) => {
      const { found, suggestions } = alike.match(text)
      expect(found).toBeNull()
      expect(suggestions.map(({ building }) => ALIKE[building])).toEqual(
        expect.arrayContaining(['ул. Вокзальная, 1', '1-я Вокзальная ул., 2']),
      )
    },
  )
})

describe('common writings of the only house that fits', () => {
  test.for([
    ['ул. Вокзальная, дом № 1', 'ул. Вокзальная, 1'],
    ['ул. Вокзальная, №1', 'ул. Вокзальная, 1'],
    ['Вокзал к-сі, №5 үй', 'Вокзал көшесі, 5'],
    ['Вокзал к-сі 5', 'Вокзал көшесі, 5'],
    ['ул. Гагарина 10, корпус 2', 'ул. Гагарина, 10, корп. 2'],
    ['Гагарина 10, к. 2, кв 5', 'ул. Гагарина, 10, корп. 2'],
    ['ул. Гагарина 10, 2 корпус', 'ул. Гагарина, 10, корп. 2'],
    ['проспект Абая, 4', 'пр. Абая, 4'],
    ['пр-т Абая 4', 'пр. Абая, 4'],
    ['Абая д-лы, 4', 'пр. Абая, 4'],
    ['Абая 4', 'пр. Абая, 4'],
    ['Набережная 1', 'ул. Набережная, 1'],
    ['Каменск, Набережная, 1', 'ул. Набережная, 1'],
    ['Самал 1, 2', 'мкр. Самал-1, 2'],
    ['ул. Вокзальная 1-16', 'ул. Вокзальная, 1-16'],
  ] as const)('%s is %s', ([text, house]) => expect(meant(text)).toBe(house))

  test.for([
    ['a street and an avenue have the number', 'Мира 3', ['ул. Мира, 3', 'пр-кт Мира, 3']],
    ['the street of that name may lack a house', 'Мира 8', ['пр-кт Мира, 8']],
    ['a flat behind a hyphen', 'Гагарина 10-2', ['ул. Гагарина, 10']],
    ['something was left out', 'ул. Набережная, 1, …', ['ул. Набережная, 1']],
  ] as const)('%s: %s is only suggested', ([, text, houses]) => {
    const { found, suggestions } = alike.match(text)
    expect(found).toBeNull()
    expect(suggestions.slice(0, houses.length).map(({ building }) => ALIKE[building])).toEqual(
      houses,
    )
  })
})

test('a house put again under another address leaves the first; one that is dropped is not found', () => {
  const own = createAddressIndex([])
  own.put(1, ['ул. Мира, 1'])
  own.put(1, ['ул. Труда, 1'])
  expect([own.match('ул. Мира, 1').found, own.match('ул. Труда, 1').found?.building]).toEqual([
    null,
    1,
  ])
  own.drop(1)
  expect([own.match('ул. Труда, 1').found, own.size()]).toEqual([null, 0])
})

test('random text never finds a house', () => {
  const words = fc.constantFrom(
    'ул',
    'Мира',
    'мир',
    '10',
    'к',
    'труба',
    'течёт',
    'вода',
    '5',
    'нет',
    ',',
    'дом',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(words, { maxLength: 6 }).map((all) => `протечка ${all.join(' ')}`),
  )
  fc.assert(
    fc.property(text, (said) => {
      expect(index.match(said).found).toBeNull()
    }),
    { numRuns: 3000 },
  )
})
