import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reasonOf } from '#server/contract/import-reasons.ts'

test.for([
  ['has no request number', 'noNumber', {}],
  ['is no date of the form dd.MM.yyyy, iso', 'noDate', { form: 'dd.MM.yyyy, iso' }],
  ['differs from what is in the log, which stands', 'differs', { fields: '' }],
  [
    'differs from what is in the log, which stands: a:1: request.closed/occurredAt',
    ...(['differs', { fields: ': a:1: request.closed/occurredAt' }] as const),
  ],
  [
    'none of the 3 rows can be read; line 2: created on is no date of the form iso ("31.02"). Check the mapping',
    'noneRead',
    {
      ...{ rows: '3', line: '2', column: 'created on', why: 'is no date of the form iso' },
      value: '"31.02"',
    },
  ],
  [
    'the message is not a request: ticket.id has no request number; nothing was stored',
    'noRequest',
    { column: 'ticket.id', why: 'has no request number' },
  ],
  [
    'a.csv.gz is broken after 9 unpacked bytes (unexpected end of file); get it again from its source',
    ...(['cut', { file: 'a.csv.gz', bytes: '9' }] as const),
  ],
] as const)('"%s" is known to screens as %s', ([told, code, params]) => {
  expect(reasonOf(told)).toEqual({ code, params })
})

test('every fault that keeps a row of requests out has words on screens', () => {
  const folder = import.meta.dirname
  const told = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !/outlines|test|register/.test(name))
    .flatMap((name) => [
      ...readFileSync(join(folder, name), 'utf8').matchAll(
        /faults\.push\(\{[^}]*?reason: (?:'([^']+)'|`([^`]+)`)/g,
      ),
    ])
    .map(([, plain, template]) => (plain ?? template ?? '').replaceAll(/\$\{[^}]+\}/g, '80'))
  expect(told.length).toBeGreaterThan(4)
  expect(told.filter((reason) => !reasonOf(reason))).toEqual([])
})
