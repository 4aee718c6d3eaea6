import words from '#server/contract/words/ru.ts'
import shell from './shell.ts'

export default { shell, words }
