import measures from '#server/contract/measures/kk.ts'
import words from '#server/contract/words/kk.ts'
import shell from './shell.ts'

export default { shell, words, measures }
