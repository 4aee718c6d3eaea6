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

test('what an inspector withdrew is watched at most, until a later month proposes it again', () => {
  const inspector = { by: 'inspector' } as const
  expect(standingLevel('inspect', undefined, inspector)).toBe('watch')
  expect(standingLevel('none', undefined, inspector)).toBe('none')
  const again: Standing = {
    ...NO_STANDING,
    inspect: { state: 'proposed', proposed: '2026-10', issued: null },
  }
  expect(standingLevel('none', again, undefined)).toBe('inspect')
  // Evaluations that ended it do not hide what the last midnight says.
  expect(standingLevel('inspect', undefined, { by: 'evaluations' })).toBe('inspect')
})

test('who takes complaints about companies is compared with nobody', () => {
  expect(isAuthority({ kind: 'inspectorate' })).toBe(true)
  expect(isAuthority({ kind: 'uk' })).toBe(false)
})
