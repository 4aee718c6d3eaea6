import { expect, test } from 'vitest'
import { withinId } from './step-id.ts'

test('two flags that begin alike have two names within an id, however long they are', () => {
  const long = `reopened.${'x'.repeat(110)}`
  const [one, two] = [withinId(`${long}-1`), withinId(`${long}-2`)]
  expect(one).not.toBe(two)
  expect(`evaluation:2026-08:withdrawn:${one}`.length).toBeLessThanOrEqual(128)
  expect(withinId('reopened.sever')).toBe('reopened.sever')
})
