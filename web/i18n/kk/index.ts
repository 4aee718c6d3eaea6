import measures from '#server/contract/measures/names-kk.ts'
import words from '#server/contract/words/first-kk.ts'
import due from './due.ts'
import overview from './overview.ts'
import shell from './shell.ts'
import table from './table.ts'

/** Words of the frame and of the overview; those of the other pages come after them (later.ts). */
export default {
  due,
  overview,
  shell,
  table,
  words,
  measures,
}
