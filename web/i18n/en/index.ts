import measures from '#server/contract/measures/en.ts'
import words from '#server/contract/words/en.ts'
import map from './map.ts'
import shell from './shell.ts'

export default { map, shell, words, measures }
