import { expect, test } from 'vitest'
import { matcher } from './patterns.ts'

test.for([
  ['lift', 'lift', true],
  ['lift', 'lift-2', false],
  ['lift*', 'LIFT-stopped', true],
  ['*вод*', 'холодная ВОДА', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  // Beginning and end do not share a letter.
  ['ab*ba', 'aba', false],
  ['ab*ba', 'abba', true],
  ['*', '', true],
  ['a.c', 'abc', false],
  ['a*\n*b', 'a\n\nb', true],
] as const)('%j on %j: %s', ([pattern, text, matches]) => {
  expect(matcher(pattern)(text)).toBe(matches)
})

test('sixty stars are answered as one is', () => {
  const text = 'a'.repeat(120)
  expect(matcher(`${'*a'.repeat(60)}*`)(text)).toBe(true)
  expect(matcher(`${'*a'.repeat(60)}*b`)(text)).toBe(false)
})
