import measures from '#server/contract/measures/kk.ts'
import words from '#server/contract/words/kk.ts'
import buildings from './buildings.ts'
import contacts from './contacts.ts'
import definitions from './definitions.ts'
import desk from './desk.ts'
import dictionary from './dictionary.ts'
import flags from './flags.ts'
import form from './form.ts'
import incident from './incident.ts'
import integrity from './integrity.ts'
import map from './map.ts'
import norms from './norms.ts'
import notices from './notices.ts'
import organizations from './organizations.ts'
import outages from './outages.ts'
import presets from './presets.ts'
import reasons from './reasons.ts'
import registry from './registry.ts'
import replay from './replay.ts'
import requests from './requests.ts'
import screens from './screens.ts'
import sources from './sources.ts'
import today from './today.ts'
import units from './units.ts'
import wall from './wall.ts'

/** Words of every page but the first, whose load they would slow down. */
export default {
  buildings,
  contacts,
  definitions,
  desk,
  dictionary,
  flags,
  form,
  incident,
  integrity,
  map,
  measures,
  norms,
  notices,
  organizations: { ...organizations, ...units },
  outages,
  presets,
  reasons,
  registry,
  replay,
  requests,
  screens,
  sources,
  today,
  wall,
  words,
}
