import { expect, test } from 'vitest'
import { judgedSince } from './restarts.ts'

const YEAR = { from: '2025-11-01' }

test('figures count from the first day of the period', () => {
  expect(judgedSince(YEAR, { widened: false, restart: undefined })).toBe('2025-11-01')
})
test('where a year had too little, from a year before it', () => {
  expect(judgedSince(YEAR, { widened: true, restart: undefined })).toBe('2024-11-01')
})
test('where the houses changed, from the quarter from which on they are those of today, however long is looked back', () => {
  expect(judgedSince(YEAR, { widened: false, restart: 2 })).toBe('2026-05-01')
  expect(judgedSince(YEAR, { widened: true, restart: 2 })).toBe('2026-05-01')
})
