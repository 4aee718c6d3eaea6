import { expect, test } from 'vitest'
import { inCase } from './kazakh-cases.ts'

test.for<[string, string]>([
  ['15:16', '15:16-ға'],
  ['14:32', '14:32-ге'],
  ['бүгін 14:33', 'бүгін 14:33-ке'],
  ['14:40', '14:40-қа'],
  ['14:50', '14:50-ге'],
  ['15:00', '15:00-ге'],
  ['3\u00a0жел', '3\u00a0желтоқсанға'],
  ['21\u00a0қараша', '21\u00a0қарашаға'],
  ['1\u00a0қаз\u00a02014', '2014\u00a0ж. 1\u00a0қазанға'],
  ['1,08', '1,08-ге'],
])('%s takes the dative as it is read', ([text, said]) => {
  expect(inCase(text, 'dative')).toBe(said)
})

test.for<[string, string]>([
  ['14:10', '14:10-нан'],
  ['14:04', '14:04-тен'],
  ['14:20', '14:20-дан'],
  ['2\u00a0сағ', '2\u00a0сағаттан'],
  ['3\u00a0күн', '3\u00a0күннен'],
  ['1\u00a0қаз\u00a02014', '2014\u00a0ж. 1\u00a0қазаннан'],
])('%s takes the ablative as it is read', ([text, said]) => {
  expect(inCase(text, 'ablative')).toBe(said)
})

test('a clock takes the locative, and a text without a number or a known word stays', () => {
  expect(inCase('14:05', 'locative')).toBe('14:05-те')
  expect(inCase('14:36', 'locative')).toBe('14:36-да')
  expect(inCase('ертең', 'dative')).toBe('ертең')
})
