import { expect, test } from 'vitest'
import { isFound, type NormLine } from './found.ts'

const norm = {
  ref: 'ru/roof-leak',
  name: { ru: 'Устранение протечки кровли' },
  region: null,
  groups: [{ ru: 'Протечка кровли' }],
  categories: [],
  citations: [{ title: { ru: 'Госстрой № 170' }, paragraph: 'прил. 2', seen: 'source' }],
} as unknown as NormLine

test('a norm is found by any words of its name, act and reference, whatever their case and order', () => {
  expect(isFound(norm, '', 'ru')).toBe(true)
  expect(isFound(norm, 'КРОВЛИ госстрой', 'ru')).toBe(true)
  expect(isFound(norm, 'ru/roof-leak', 'ru')).toBe(true)
  expect(isFound(norm, 'кровли лифт', 'ru')).toBe(false)
})
