import measures from '#server/contract/measures/en.ts'
import words from '#server/contract/words/en.ts'
import desk from './desk.ts'
import due from './due.ts'
import map from './map.ts'
import overview from './overview.ts'
import shell from './shell.ts'
import table from './table.ts'

/** Words of the frame and of the overview; those of the other pages come after them (later.ts). */
export default {
  desk,
  due,
  map,
  overview,
  shell,
  table,
  words,
  measures,
}
