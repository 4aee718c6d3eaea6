import { expect, test } from 'vitest'
import { Event } from '#server/contract/events.ts'
import { personalTexts } from './warnings.ts'

const events = (count: number, place: string) =>
  Array.from({ length: count }, (_, index) => ({
    line: index + 1,
    event: Event.parse({
      ...{ id: `e-${index}`, type: 'request.registered', occurredAt: '2026-02-10T12:00:00+05:00' },
      ...{ source: 'desk', request: `r-${index}`, place },
    }),
  }))

test('texts of a batch are told by line and field, and not repeated', async () => {
  expect(await personalTexts(events(1, 'Абая 3, звонить 8-701-123-45-67'))).toEqual([
    {
      ...{ line: 1, path: 'place' },
      message:
        'looks as if it held a phone number (…67); stored as it came and shown masked; the log cannot forget: send contacts to /ingest/subjects',
    },
  ])
  expect(await personalTexts(events(1, 'дома 12 14 16 18 20, акт № 20261121-0001'))).toEqual([])
})

test('what is shown in the words of each language is looked at as well', async () => {
  const PHONE = '8-701-123-45-67'
  const told = { source: 'desk', occurredAt: '2026-02-10T12:00:00+05:00' }
  const batch = [
    { ...told, id: '1', type: 'district.registered', district: 'd', name: { kk: PHONE } },
    {
      ...told,
      id: '2',
      type: 'category.registered',
      category: 'c',
      name: { ru: 'Лифт' },
      group: { ru: PHONE },
    },
    {
      ...told,
      id: '3',
      type: 'building.registered',
      building: 'b',
      address: { ru: PHONE },
      series: PHONE,
      heatingPoint: PHONE,
    },
  ].map((event, index) => ({ line: index + 1, event: Event.parse(event) }))
  expect((await personalTexts(batch)).map(({ line, path }) => `${line} ${path}`)).toEqual([
    ...['1 name.kk', '2 group.ru', '3 series', '3 heatingPoint', '3 address.ru'],
  ])
})

test('others have their turn while a large batch is read', async () => {
  const order: string[] = []
  setImmediate(() => order.push('another'))
  await personalTexts(events(1_001, 'Абая 3'))
  order.push('read')
  expect(order).toEqual(['another', 'read'])
})
