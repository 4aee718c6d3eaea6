import { expect, test } from 'vitest'
import { ACCUSING } from '#test/accusing.ts'
import flagsEn from './en/flags.ts'
import presetsEn from './en/presets.ts'
import flagsKk from './kk/flags.ts'
import presetsKk from './kk/presets.ts'
import flagsRu from './ru/flags.ts'
import presetsRu from './ru/presets.ts'

test.for([
  ['ru', [flagsRu, presetsRu]],
  ['kk', [flagsKk, presetsKk]],
  ['en', [flagsEn, presetsEn]],
] as const)('no word of the pages of flags and definitions accuses (%s)', ([language, words]) => {
  expect(JSON.stringify(words).match(ACCUSING[language])).toBeNull()
})
