import measures from '#server/contract/measures/ru.ts'
import words from '#server/contract/words/ru.ts'
import map from './map.ts'
import shell from './shell.ts'

export default { map, shell, words, measures }
