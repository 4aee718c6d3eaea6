import measures from '#server/contract/measures/ru.ts'
import words from '#server/contract/words/ru.ts'
import shell from './shell.ts'

export default { shell, words, measures }
