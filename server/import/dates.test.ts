import { expect, test } from 'vitest'
import { dateReader, faultOfFormat, wallClock } from './dates.ts'

const instantOf = (zone: string, text: string) => {
  const written = dateReader(['iso'])(text)
  const { instant, quirk } = wallClock(zone)(written?.wall ?? Number.NaN)
  return [new Date(instant).toISOString(), quirk]
}

test('a wall-clock time is of its zone, summer and winter', () => {
  expect(instantOf('America/New_York', '2015-01-01T00:20:09')).toEqual([
    '2015-01-01T05:20:09.000Z',
    null,
  ])
  expect(instantOf('America/New_York', '2015-07-16T22:53:00')).toEqual([
    '2015-07-17T02:53:00.000Z',
    null,
  ])
  expect(instantOf('Europe/Minsk', '2018-06-01')).toEqual(['2018-05-31T21:00:00.000Z', null])
})

test('a time that no clock showed is moved forward by the gap', () => {
  // Clocks went from 02:00 EST to 03:00 EDT on 8 March 2015; 02:30 + 1 h = 03:30 EDT = 07:30 UTC.
  expect(instantOf('America/New_York', '2015-03-08T02:30:00')).toEqual([
    '2015-03-08T07:30:00.000Z',
    'gap',
  ])
})

test('a time that clocks showed twice is the earlier one', () => {
  // 1 November 2015, 01:30 EDT (UTC-4) and an hour later 01:30 EST.
  expect(instantOf('America/New_York', '2015-11-01T01:30:00')).toEqual([
    '2015-11-01T05:30:00.000Z',
    'twice',
  ])
  // Moscow left permanent summer time on 26 October 2014: 01:30 at UTC+4 and again at UTC+3.
  expect(instantOf('Europe/Moscow', '2014-10-26T01:30:00')).toEqual([
    '2014-10-25T21:30:00.000Z',
    'twice',
  ])
})

test.for([
  ['dd.MM.yyyy HH:mm', '09.04.2016 06:24', '2016-04-09T06:24:00.000Z'],
  ["dd.MM.yyyy 'в' HH:mm".replaceAll("'", ''), '09.04.2016 в 06:24', '2016-04-09T06:24:00.000Z'],
  ['d.M.yy', '9.4.16', '2016-04-09T00:00:00.000Z'],
  ['d.M.yy', '9.4.70', '1970-04-09T00:00:00.000Z'],
  ['MM/dd/yyyy hh:mm:ss a', '12/31/2015 12:05:09 AM', '2015-12-31T00:05:09.000Z'],
  ['MM/dd/yyyy hh:mm:ss a', '12/31/2015 12:05:09 PM', '2015-12-31T12:05:09.000Z'],
  ['yyyy-MM-dd HH:mm:ss.SSS', '2015-12-31 23:59:59.25', '2015-12-31T23:59:59.250Z'],
  ['iso', '2015-12-31', '2015-12-31T00:00:00.000Z'],
  ['epoch-s', '1451606399', '2015-12-31T23:59:59.000Z'],
  ['epoch-ms', '1451606399000', '2015-12-31T23:59:59.000Z'],
] as const)('%s reads %s', ([format, text, expected]) => {
  expect(faultOfFormat(format)).toBeUndefined()
  const written = dateReader([format])(text)
  expect(new Date(written?.wall ?? Number.NaN).toISOString()).toBe(expected)
})

test('an offset in the text stands above the zone', () => {
  const written = dateReader(['iso'])('2015-12-31T23:59:59+05:30')
  expect(written).toMatchObject({ offset: 19_800_000, dateOnly: false })
})

test('a date that no calendar has is not read', () => {
  const read = dateReader(['iso', 'dd.MM.yyyy', 'MM/dd/yyyy hh:mm:ss a'])
  for (const text of [
    '2015-02-29',
    '31.04.2015',
    '2015-13-01',
    '2015-00-10',
    '2015-01-01T24:00:00',
    '2015-01-01T23:60',
    '0215-01-01',
    '1/1/2015 13:00:00 PM',
    'yesterday',
    '',
  ])
    expect([text, read(text)]).toEqual([text, undefined])
})

test('a format that cannot work is explained', () => {
  expect(faultOfFormat('DD.MM.YYYY')).toBe('"D" is no part of a date')
  expect(faultOfFormat('dd.MM')).toBe('"y" is missing')
  expect(faultOfFormat('dd.MM.yyyy dd')).toBe('a part stands twice')
  expect(faultOfFormat('dd.MM.yyyy hh:mm')).toBe('"h" and "a" (am, pm) go together')
})
