import { type Mapping, parseMapping } from './mapping.ts'
import { ImportRefusal } from './refusal.ts'

/** City of Boston, 311 service requests, as published at data.boston.gov. */
const BOSTON_311 = {
  kind: 'requests',
  source: 'boston-311',
  sourceName: { en: 'Boston 311', ru: 'Бостон 311', kk: 'Бостон 311' },
  zone: 'America/New_York',
  language: 'en',
  city: {
    name: { en: 'Boston', ru: 'Бостон', kk: 'Бостон' },
    languages: ['en', 'ru', 'kk'],
    centre: [-71.0589, 42.3601],
  },
  dates: ['yyyy-MM-ddTHH:mm:ss', 'iso'],
  // A point that the portal gives to thousands of unrelated requests: it found no place for their address.
  nowhere: [[-71.0587, 42.3594]],
  bounds: [-71.3, 42.1, -70.8, 42.5],
  number: 'id',
  registered: 'created',
  due: 'due',
  steps: { closed: 'resolved' },
  status: { column: 'status', values: { Open: 'open', Closed: 'closed' } },
  closingNote: 'closure_code',
  building: {
    id: { column: 'property_id', as: 'whole number' },
    address: 'address',
    lon: 'lon',
    lat: 'lat',
    weak: ['INTERSECTION of', '('],
  },
  organization: { id: 'queue', kind: { always: 'department' } },
  category: { id: 'request_type', group: 'reason' },
  district: { id: 'district' },
  channel: {
    column: 'channel',
    values: {
      'Constituent Call': 'phone',
      'Citizens Connect App': 'app',
      'Employee Generated': 'staff',
      'City Worker App': 'staff',
      'Self Service': 'web',
      Twitter: 'social_network',
      'Maximo Integration': 'unknown',
    },
  },
}

/**
 * Minsk, portal 115.бел. It publishes days without times, and no time of closing. Its states are not documented; by their
 * counts and due dates 5 is done, 7 put off, 4 in work.
 */
const MINSK_115 = {
  kind: 'requests',
  source: 'minsk-115',
  sourceName: { ru: 'портал 115', kk: '115 порталы', en: 'portal 115' },
  zone: 'Europe/Minsk',
  language: 'ru',
  city: {
    name: { ru: 'Минск', kk: 'Минск', en: 'Minsk' },
    languages: ['ru', 'kk', 'en'],
    centre: [27.5615, 53.9023],
  },
  dates: ['yyyy-MM-dd'],
  around: ['Мінск', 'Беларусь'],
  bounds: [27.2, 53.7, 27.9, 54.1],
  number: 'id',
  registered: 'created',
  due: 'due',
  status: { column: 'status', values: { 4: 'started', 5: 'closed', 7: 'deferred' } },
  building: {
    id: { column: 'address', as: 'street address' },
    address: 'address',
    lon: 'lon',
    lat: 'lat',
    near: ['рядом с'],
  },
  organization: { id: 'organisation_id', name: 'organization' },
  category: { id: 'category', name: 'category_name' },
  channel: { always: 'web' },
}

/** Реформа ЖКХ: the Russian register of apartment buildings and who manages them, one file per region and date. */
const REFORMAGKH = {
  kind: 'register',
  source: 'reformagkh',
  sourceName: { ru: 'Реформа ЖКХ', kk: '«Реформа ЖКХ» тізілімі', en: 'Reforma GKH register' },
  zone: 'Europe/Moscow',
  language: 'ru',
  regions: {
    moscow: {
      name: { ru: 'Москва', kk: 'Мәскеу', en: 'Moscow' },
      zone: 'Europe/Moscow',
      centre: [37.6176, 55.7558],
    },
    ekaterinburg: {
      name: { ru: 'Екатеринбург', kk: 'Екатеринбург', en: 'Yekaterinburg' },
      zone: 'Asia/Yekaterinburg',
      centre: [60.6057, 56.8386],
    },
    karelia: {
      name: { ru: 'Республика Карелия', kk: 'Карелия', en: 'Karelia' },
      zone: 'Europe/Moscow',
      centre: [34.3469, 61.7849],
    },
    arkhangelsk: {
      name: { ru: 'Архангельская область', kk: 'Архангельск облысы', en: 'Arkhangelsk Oblast' },
      zone: 'Europe/Moscow',
      centre: [40.5169, 64.5473],
    },
  },
  dates: ['dd.MM.yyyy'],
  // What its geocoder answers when it finds nothing: a point in the middle of Moscow, in every region.
  nowhere: [[37.64, 55.76]],
  building: {
    id: 'house_id',
    address: 'address',
    lon: 'lon',
    lat: 'lat',
    year: 'year',
    series: 'serie',
    floors: 'levels_max',
    entrances: 'doors',
    apartments: 'room_count',
    area: 'area',
  },
  organization: {
    id: 'company_id',
    name: 'mgmt_company',
    kinds: [
      ['ТСЖ', 'tszh'],
      ['ТСН', 'tszh'],
      ['Товарищество', 'tszh'],
      ['ЖСК', 'zhsk'],
      ['Жилищно-строительный', 'zhsk'],
      ['', 'uk'],
    ],
  },
  since: 'servicedate_start',
}

const PRESETS: Readonly<Record<string, unknown>> = {
  'boston-311': BOSTON_311,
  'minsk-115': MINSK_115,
  reformagkh: REFORMAGKH,
}
export const PRESET_NAMES = Object.keys(PRESETS)

export function presetOf(name: string): Mapping {
  if (!Object.hasOwn(PRESETS, name))
    throw new ImportRefusal(`there is no preset "${name}"; there are ${PRESET_NAMES.join(', ')}`)
  return parseMapping(PRESETS[name], `the preset ${name}`)
}
