import { describe, expect, test } from 'vitest'
import { createChanges } from './changes.ts'

describe('rows of past days', () => {
  test('stand while only later days change, and fall when one of theirs does', () => {
    const changes = createChanges()
    changes.note(2, 100)
    changes.note(3, 100)
    expect(changes.standing(1, 100)).toBe(true)
    expect(changes.standing(1, 101)).toBe(false)
    changes.note(4, 40)
    expect(changes.standing(3, 100)).toBe(false)
    expect(changes.standing(3, 40)).toBe(true)
    changes.note(5, 100)
    expect(changes.standing(3, 41)).toBe(false)
    expect(changes.standing(4, 100)).toBe(true)
    expect(changes.standing(4, 101)).toBe(false)
  })

  test('stand when a commit touched no request', () => {
    const changes = createChanges()
    changes.note(2, Number.POSITIVE_INFINITY)
    expect(changes.standing(1, 1_000_000)).toBe(true)
  })

  test('fall when the facts are made anew', () => {
    const changes = createChanges()
    changes.note(2, Number.NEGATIVE_INFINITY)
    changes.note(3, 100)
    expect(changes.standing(1, 0)).toBe(false)
    expect(changes.standing(2, 100)).toBe(true)
  })
})
