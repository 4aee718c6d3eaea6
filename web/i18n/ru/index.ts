import measures from '#server/contract/measures/ru.ts'
import words from '#server/contract/words/ru.ts'
import buildings from './buildings.ts'
import contacts from './contacts.ts'
import desk from './desk.ts'
import dictionary from './dictionary.ts'
import due from './due.ts'
import flags from './flags.ts'
import incident from './incident.ts'
import map from './map.ts'
import norms from './norms.ts'
import organizations from './organizations.ts'
import overview from './overview.ts'
import registry from './registry.ts'
import requests from './requests.ts'
import shell from './shell.ts'
import sources from './sources.ts'
import table from './table.ts'
import wall from './wall.ts'

export default {
  flags,
  incident,
  organizations,
  overview,
  buildings,
  contacts,
  desk,
  dictionary,
  due,
  map,
  norms,
  registry,
  requests,
  shell,
  sources,
  table,
  words,
  measures,
  wall,
}
