import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAddress } from './parse.ts'

const said = (text: string) => {
  const { kind, street, house } = parseAddress(text)
  const parts = Object.entries(house ?? {}).filter(([, value]) => value !== '')
  return { kind, street, ...Object.fromEntries(parts) }
}

describe('one street has one reading, however its kind is written', () => {
  test.for([
    'ул. Академика Королёва, д. 12',
    'улица академика королева, 12',
    'Академика Королёва ул., 12',
    'Ак. Королева улица, дом 12',
    'акад. Королева ул 12',
  ])('%s', (text) => {
    expect(said(text)).toEqual({ kind: 'ул', street: 'академика королева', number: '12' })
  })
  test.for([
    ['пр-т Мира, 5', 'пр-кт'],
    ['проспект Мира, 5', 'пр-кт'],
    ['Мира даңғылы, 5', 'пр-кт'],
    ['пер. Мира, 5', 'пер'],
    ['бульвар Мира, 5', 'б-р'],
    ['Мира ш., 5', 'ш'],
    ['наб. Мира, 5', 'наб'],
    ['Мира пл., 5', 'пл'],
    ['Мира тупик, 5', 'туп'],
    ['аллея Мира, 5', 'аллея'],
    ['мкр-н Мира, 5', 'мкр'],
    ['Мира ықшам ауданы, 5', 'мкр'],
    ['Мира көшесі, 5 үй', 'ул'],
  ] as const)('%s is %s', ([text, kind]) => {
    expect(said(text)).toEqual({ kind, street: 'мира', number: '5' })
  })
  test.for(['ул. Набережная, 3', 'Набережная ул., д. 3', 'улица Набережная 3'])(
    'a kind may be the name of a street: %s',
    (text) => expect(said(text)).toEqual({ kind: 'ул', street: 'набережная', number: '3' }),
  )
})

describe('an ordinal and a size are one word of the name, in whatever form', () => {
  test.for([
    '2-я Садовая ул., 5',
    'ул. Садовая 2-я, 5',
    'вторая Садовая улица, 5',
    '2-ая Садовая ул. 5',
    '2-Садовая көшесі, 5',
  ])('%s', (text) => expect(said(text)).toEqual({ kind: 'ул', street: '2 садовая', number: '5' }))
  test.for(['ул. Ордынка Б., д. 5', 'Большая Ордынка улица, 5', 'Б. Ордынка ул., 5'])(
    '%s',
    (text) => expect(said(text)).toEqual({ kind: 'ул', street: 'б ордынка', number: '5' }),
  )
})

describe('the parts of a house', () => {
  test.for([
    ['15А', { number: '15', letter: 'а' }],
    ['15 а', { number: '15', letter: 'а' }],
    ['15-а', { number: '15', letter: 'а' }],
    ['15A', { number: '15', letter: 'а' }],
    ['12/4', { number: '12', fraction: '4' }],
    ['12\\4', { number: '12', fraction: '4' }],
    ['6, к. 1', { number: '6', corpus: '1' }],
    ['6к1', { number: '6', corpus: '1' }],
    ['6 корп.1 стр. 2', { number: '6', corpus: '1', building: '2' }],
    ['6с2', { number: '6', building: '2' }],
    ['6с', { number: '6', letter: 'с' }],
    ['6, литера Б', { number: '6', literal: 'б' }],
    ['вл. 6', { number: '6' }],
    ['13-15', { number: '13-15' }],
    ['6, подъезд 2', { number: '6', entrance: '2' }],
    ['6 (дубль 2)', { number: '6', rest: 'дубль 2' }],
    ['6, кв. 12', { number: '6' }],
    ['6, 12-пәтер', { number: '6' }],
    ['6А, оф. 3', { number: '6', letter: 'а' }],
    ['6, эт. 3', { number: '6' }],
  ] as const)('%s', ([house, parts]) => {
    expect(said(`ул. Тихая, ${house}`)).toEqual({ kind: 'ул', street: 'тихая', ...parts })
  })
  test('a flat is never kept, wherever it stands', () => {
    for (const text of [
      'ул. Тихая, д. 6, кв. 777',
      'кв. 777, Тихая ул., 6',
      'Тихая көшесі, 6 үй, 777 пәтер',
    ])
      expect(JSON.stringify(parseAddress(text))).not.toContain('777')
  })
})

describe('what lies around the street', () => {
  test('settlements, their parts and a postal code are not the street', () => {
    expect(parseAddress('117049, г. Троицк, мкр. Сосны, ул. С. Ковалевской, д. 4').areas).toEqual([
      { kind: 'г', names: ['троицк'] },
      { kind: 'мкр', names: ['сосны'] },
    ])
    expect(said('117049, г. Троицк, мкр. Сосны, ул. С. Ковалевской, д. 4')).toEqual({
      kind: 'ул',
      street: 'ковалевской с',
      number: '4',
    })
  })
  test('д. is a village before a word and a house before a number', () => {
    expect(said('д. Сосенки, ул. Тихая, д. 4')).toEqual({
      kind: 'ул',
      street: 'тихая',
      number: '4',
    })
  })
  test('English writes the house first', () => {
    expect(said('5/1 Sadovaya Street')).toEqual({
      kind: 'ул',
      street: 'sadovaya',
      number: '5',
      fraction: '1',
    })
  })
})

test('any text at all is read without a fault', () => {
  const pieces = fc.constantFrom(
    'ул',
    '.',
    ',',
    'д',
    'к',
    'үй',
    '-',
    '/',
    '(',
    'кв',
    '5',
    'а',
    ' ',
    'Ленина',
  )
  const strange = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces).map((all) => all.join('')),
  )
  fc.assert(
    fc.property(strange, (text) => {
      expect(parseAddress(text)).toHaveProperty('house')
    }),
    { numRuns: 5000 },
  )
})
