import measures from '#server/contract/measures/kk.ts'
import words from '#server/contract/words/kk.ts'
import map from './map.ts'
import shell from './shell.ts'

export default { map, shell, words, measures }
