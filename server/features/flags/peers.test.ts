import { expect, test } from 'vitest'
import { peersOf } from './peers.ts'

test('an inspectorate manages no house and is nobody’s peer, whatever it answers', () => {
  const kinds = new Map([
    [1, 'uk'],
    [2, 'inspectorate'],
    [3, 'department'],
  ] as const)
  const registry = {
    organization: (key: number) => {
      const kind = [...kinds].find(([known]) => known === key)?.[1]
      return kind && { kind }
    },
  }
  const units = [1, 2, 3, 4].map((unit) => ({ unit }))
  expect(peersOf({ registry }, units).map(({ unit }) => unit)).toEqual([1, 3, 4])
})
