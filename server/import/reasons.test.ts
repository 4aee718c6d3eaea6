import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reasonOf } from '#server/contract/import-reasons.ts'
import { NO_HOME } from './outlines-homes.ts'

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
    'holds the points of 3 buildings (b-1, b-2, b-3); give the id of its own',
    ...(['ofMany', { rows: '3', id: 'b-1, b-2, b-3' }] as const),
  ],
  [
    'a.csv.gz is broken after 9 unpacked bytes (unexpected end of file); get it again from its source',
    ...(['cut', { file: 'a.csv.gz', bytes: '9' }] as const),
  ],
] as const)('"%s" is known to screens as %s', ([told, code, params]) => {
  expect(reasonOf(told)).toEqual({ code, params })
})

const SOURCES = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
  .map((name) => [name, readFileSync(join(import.meta.dirname, name), 'utf8')] as const)
/** What stands in quotes after a word of the code; what is filled in is a number or a name. */
const said = (after: RegExp, of: RegExp) =>
  SOURCES.filter(([name]) => of.test(name)).flatMap(([, text]) =>
    [
      ...text.matchAll(new RegExp(`${after.source}\\s*(?:'([^']+)'|\`([^\`]+)\`)(?! \\+)`, 'g')),
    ].map(([, plain, template]) =>
      (plain ?? template ?? '')
        .replaceAll(/\$\{NO_HOME\}/g, NO_HOME)
        .replaceAll(/\$\{[^}]+\}/g, '80'),
    ),
  )
const unknown = (told: readonly string[]) => told.filter((reason) => !reasonOf(reason))

test('every fault that keeps a row or an outline out has words on screens', () => {
  const rows = said(/reason:/, /^(?!fields)/)
  const shapes = said(/(?:faulty\(|fault:|return)/, /^outlines-(?:shape|read)/).filter((text) =>
    /^(?:is|has|lies|reaches|holds) /.test(text),
  )
  expect([rows.length > 9, shapes.length > 18]).toEqual([true, true])
  expect(unknown([...rows, ...shapes])).toEqual([])
})

test('every refusal of a file that a page can meet has words on screens', () => {
  const told = said(/new ImportRefusal\(/, /^(?!outlines|place|presets)/).filter(
    (text) =>
      !/^(?:say how|there is no preset|80 is not a mapping|80 is broken|none of)/.test(text),
  )
  expect(told.length).toBeGreaterThan(15)
  expect(unknown(told)).toEqual([])
})
