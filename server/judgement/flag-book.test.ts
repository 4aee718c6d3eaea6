import { expect, test } from 'vitest'
import { isAuthority } from '#server/domain/addressees.ts'
import { NO_STANDING, type Standing } from '#server/stats/persistence.ts'
import { standingLevel } from './flag-book.ts'

test('a watch lasts although the last midnight is calm, and does not hide what is to be inspected', () => {
  const watched: Standing = { ...NO_STANDING, watch: { since: '2026-09' } }
  expect(standingLevel('none', watched)).toBe('watch')
  expect(standingLevel('inspect', watched)).toBe('inspect')
  expect(standingLevel('good', undefined)).toBe('good')
})

test('who takes complaints about companies is compared with nobody', () => {
  expect(isAuthority({ kind: 'inspectorate' })).toBe(true)
  expect(isAuthority({ kind: 'uk' })).toBe(false)
})
