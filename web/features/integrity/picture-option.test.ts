import { expect, test } from 'vitest'
import { createFormat } from '#web/lib/format.ts'
import type { Finding } from './finding.ts'
import { byOrganization, isFew, isThin, limitOf, sizeOf } from './finding.ts'
import { barsOf } from './picture-option.ts'

const format = createFormat('ru', 'Asia/Almaty')
const month = (name: string) => name

test('the two bars before the due time are the ones asked about, and the limit lies after them', () => {
  const own = Array.from({ length: 20 }, (_, bin) => bin)
  const bars = barsOf({ kind: 'terms', own, others: own, curve: null }, { format, month })
  expect(bars.marked.flatMap((marked, bin) => (marked ? [bin] : []))).toEqual([8, 9])
  expect([bars.names[9], bars.names[19], bars.limit]).toEqual([
    format.percent(1),
    format.percent(1.5),
    10,
  ])
})

test('tens of minutes of a day are named by their beginning', () => {
  const counts = Array<number>(144).fill(0)
  const bars = barsOf(
    { kind: 'day', day: '2026-03-24', counts, from: 105, to: 106 },
    { format, month },
  )
  expect([bars.names[0], bars.names[105], bars.names[143]]).toEqual(['00:00', '17:30', '23:50'])
  expect(bars.marked.indexOf(true)).toBe(105)
})

const finding = (told: Partial<Finding>): Finding => ({
  ...{ indicator: 'premature', n: 100, observed: 50, expected: 20, effect: 2.5, lower: 1.9 },
  ...{ p: 1e-9, q: 1e-7, level: 'ask', organization: { id: 'a', name: 'А' } },
  ...told,
})

test('a size is said as its indicator measures it', () => {
  expect(sizeOf(finding({}), format)).toBe('2,50')
  expect(sizeOf(finding({ effect: 4420 }), format)).toBe('>100')
  expect(sizeOf(finding({ indicator: 'bunching', effect: 0.934 }), format)).toBe(
    format.percent(0.934),
  )
  expect(sizeOf(finding({ indicator: 'massClosing', effect: 41 }), format)).toBe('41')
})

test('the threshold of a share is that of the others and five hundredths', () => {
  const share = finding({ indicator: 'bunching', n: 100, expected: 70 })
  expect(limitOf(share, format)).toBe(format.percent(0.75))
  expect(limitOf(finding({ indicator: 'night' }), format)).toBe('1,50')
})

test('less than one expected is said so, and fewer than forty events conclude nothing', () => {
  expect([isFew(finding({ expected: 0.5 })), isFew(finding({}))]).toEqual([true, false])
  expect([isThin(finding({ observed: 39, expected: 1 })), isThin(finding({}))]).toEqual([
    true,
    false,
  ])
})

test('those with a question come first, the others by name', () => {
  const one = (id: string, name: string, level: Finding['level']) =>
    finding({ organization: { id, name }, level })
  const rows = byOrganization([one('b', 'Б', 'none'), one('a', 'А', 'none'), one('c', 'В', 'ask')])
  expect(rows.map(({ id }) => id)).toEqual(['c', 'a', 'b'])
})
