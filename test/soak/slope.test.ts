import { expect, test } from 'vitest'
import { lineOf } from './slope.ts'

test('the slope and its error are those of least squares', () => {
  // R: coef(summary(lm(c(1, 3, 2, 5) ~ c(0, 1, 2, 3))))
  const { slope, error } = lineOf([
    [0, 1],
    [1, 3],
    [2, 2],
    [3, 5],
  ])
  expect([slope, error]).toEqual([expect.closeTo(1.1, 9), expect.closeTo(0.5196152, 6)])
})

test('one point has no slope', () => {
  expect(lineOf([[1, 4]]).slope).toBe(0)
})
