import measures from '#server/contract/measures/en.ts'
import words from '#server/contract/words/en.ts'
import shell from './shell.ts'

export default { shell, words, measures }
