import type { DomainEvent, RequestEvent } from '#server/contract/events.ts'

/**
 * Four organizations in two districts and a garden suburb. 34 requests, of which one is a test that no number may count.
 *
 * - «УК Прибрежная» (old town: b-1, b-2, b-3) keeps its houses well: ten requests, two open, none overdue, none late.
 * - «УК Северный ветер» (Zavod: b-4, b-5, b-6; b-7 until 15 January) does not: fourteen requests, seven open and six of them
 *   overdue, one an emergency; three reopened, one of them after the resident rejected work declared done; one closed without an
 *   answer and reported again under a new number; one returned for rework twice; one closed before it was registered.
 * - «УК Два дома» took b-7 over on 15 January, and with it an open leak: three requests of its own, one overdue.
 * - «ТСЖ Садовое» (garden suburb: b-8) has three, one open without any deadline.
 * - Four more are dirty: an unknown building and category, a registration in the future, an ending without a registration; and
 *   the test. Nobody answers for them, except for the future one (b-1) and the test (b-4).
 *
 * Counts differ on purpose: a measure that swaps two of them must change the answer. Totals: 33 requests, 13 open, 7 overdue, 2
 * emergencies open of which 1 overdue, 3 reopened, 1 transferred, 4 marked.
 */
export const NOW = Date.parse('2026-02-10T17:00:00+05:00')
export const ZONE = 'Asia/Almaty'

const HOUR = 3_600_000
const at = (local: string) => Date.parse(`${local}:00+05:00`)
const SOURCE = 'city'
const LONG_AGO = at('2020-01-01T00:00')

type Body<T extends DomainEvent['type']> = Omit<
  Extract<DomainEvent, { type: T }>,
  'id' | 'type' | 'occurredAt' | 'source'
>
/** One event of the city, with an id of its own. */
export function event<T extends DomainEvent['type']>(
  type: T,
  occurredAt: number,
  body: Body<T>,
  id?: string,
): DomainEvent {
  const [subject] = Object.values(body)
  const name = id ?? `${SOURCE}:${subject}:${type}:${occurredAt}`
  return { type, occurredAt, source: SOURCE, id: name, ...body } as unknown as DomainEvent
}

/** A square of about forty metres whose south-western corner is given. */
const square = (lon: number, lat: number, side = 0.0005): [number, number][] => [
  [lon, lat],
  [lon + side, lat],
  [lon + side, lat + side],
  [lon, lat + side],
  [lon, lat],
]

const DISTRICTS: [string, string, string, string, number, number][] = [
  ['old', 'Ескі қала', 'Старый город', 'Old town', 71.4, 51.1],
  ['zavod', 'Зауыт', 'Заводской', 'Zavod', 71.42, 51.1],
  ['garden', 'Бақ', 'Садовый', 'Garden suburb', 71.44, 51.1],
]
const ORGANIZATIONS = [
  ['pribrezhnaya', 'УК Прибрежная', 'uk'],
  ['sever', 'УК Северный ветер', 'uk'],
  ['dva-doma', 'УК Два дома', 'uk'],
  ['sadovoe', 'ТСЖ Садовое', 'tszh'],
  ['liftservis', 'Лифтсервис', 'contractor'],
] as const
const CATEGORIES = [
  ['heating', 'Жылыту', 'Отопление', 'Heating'],
  ['leak', 'Су ағу', 'Протечка', 'Leak'],
  ['lift', 'Лифт', 'Лифт', 'Lift'],
  ['lighting', 'Жарық', 'Освещение', 'Lighting'],
] as const
/** building, street, house, district, organization, apartments */
const BUILDINGS: [string, string, string, string, string, number][] = [
  ['b-1', 'Набережная', '1', 'old', 'pribrezhnaya', 80],
  ['b-2', 'Набережная', '3', 'old', 'pribrezhnaya', 60],
  ['b-3', 'Набережная', '5', 'old', 'pribrezhnaya', 45],
  ['b-4', 'Заводская', '2', 'zavod', 'sever', 120],
  ['b-5', 'Заводская', '4', 'zavod', 'sever', 144],
  ['b-6', 'Заводская', '6', 'zavod', 'sever', 100],
  ['b-7', 'Заводская', '8', 'zavod', 'sever', 36],
  ['b-8', 'Садовая', '10', 'garden', 'sadovoe', 24],
]

const registry: DomainEvent[] = [
  ...DISTRICTS.map(([district, kk, ru, en, lon, lat]) =>
    event('district.registered', LONG_AGO, {
      district,
      name: { kk, ru, en },
      outline: [square(lon, lat, 0.015)],
    }),
  ),
  ...ORGANIZATIONS.map(([organization, name, kind]) =>
    event('organization.registered', LONG_AGO, { organization, name, kind }),
  ),
  ...CATEGORIES.map(([category, kk, ru, en]) =>
    event('category.registered', LONG_AGO, { category, name: { kk, ru, en } }),
  ),
  ...BUILDINGS.flatMap(([building, street, house, district, organization, apartments], index) => {
    const west = DISTRICTS.find(([id]) => id === district)?.[4] ?? 0
    const [lon, lat] = [west + 0.001 * (index + 1), 51.105]
    return [
      event('building.registered', LONG_AGO, {
        building,
        address: { ru: `ул. ${street}, ${house}`, kk: `${street} көшесі, ${house}` },
        district,
        lon: lon + 0.00025,
        lat: lat + 0.00025,
        outline: [square(lon, lat)],
        year: 1960 + index * 5,
        floors: 5,
        apartments,
      }),
      event('tenure.changed', LONG_AGO, { building, organization }),
    ]
  }),
  event('tenure.changed', at('2026-01-15T00:00'), { building: 'b-7', organization: 'dva-doma' }),
]

type Step = [
  type: RequestEvent['type'] extends `request.${infer S}` ? S : never,
  hours: number,
  body?: object,
]

/** A request registered at a local time, due so many hours later (null = no deadline), and its steps in hours after registration. */
function tell(
  request: string,
  registered: string,
  due: number | null,
  body: Omit<Body<'request.registered'>, 'request' | 'channel' | 'priority' | 'kind'> &
    Partial<Body<'request.registered'>>,
  steps: Step[],
): DomainEvent[] {
  const start = at(registered)
  return [
    event('request.registered', start, {
      request,
      channel: 'phone',
      priority: 'ordinary',
      kind: 'work_request',
      ...(due !== null && { dueAt: start + due * HOUR }),
      ...body,
    }),
    ...steps.map(([step, hours, more]) =>
      event(`request.${step}`, start + hours * HOUR, { request, ...more } as never),
    ),
  ]
}

const emergency = { priority: 'emergency', channel: 'emergency_dispatch' } as const

const pribrezhnaya = [
  tell('1-01', '2026-01-05T09:00', 24, { building: 'b-1', category: 'leak' }, [
    ['routed', 0.1],
    ['acknowledged', 0.5],
    ['arrived', 1],
    ['work_done', 3],
    ['confirmed', 20],
  ]),
  tell('1-02', '2026-01-07T02:30', 6, { building: 'b-1', category: 'heating', ...emergency }, [
    ['acknowledged', 0.2],
    ['arrived', 0.5],
    ['localised', 0.8],
    ['work_done', 2],
    ['confirmed', 5],
  ]),
  tell('1-03', '2026-01-08T10:00', 96, { building: 'b-2', category: 'lighting', channel: 'web' }, [
    ['acknowledged', 2],
    ['work_done', 10],
    ['awaiting_confirmation', 10],
    ['closed_no_response', 82],
  ]),
  tell('1-04', '2026-01-12T18:20', 24, { building: 'b-2', category: 'lift', channel: 'app' }, [
    ['acknowledged', 1],
    ['assigned', 2, { contractor: 'liftservis' }],
    ['work_done', 6],
    ['confirmed', 8],
  ]),
  tell('1-05', '2026-01-14T08:00', 48, { building: 'b-3', category: 'leak' }, [
    ['acknowledged', 1],
    ['work_done', 4],
    ['closed_no_response', 40],
  ]),
  tell('1-06', '2026-01-22T21:10', 24, { building: 'b-1', category: 'heating' }, [
    ['acknowledged', 0.6],
    ['work_done', 5],
    ['confirmed', 9],
  ]),
  tell('1-07', '2026-01-28T12:00', 24, { building: 'b-2', category: 'leak' }, [['cancelled', 2]]),
  tell('1-08', '2026-02-09T11:00', 72, { building: 'b-3', category: 'lighting', channel: 'app' }, [
    ['acknowledged', 3],
  ]),
  tell('1-09', '2026-02-10T10:00', 24, { building: 'b-1', category: 'leak' }, []),
  tell('1-10', '2026-02-02T15:00', 72, { building: 'b-2', category: 'heating' }, [
    ['acknowledged', 1],
    ['forwarded', 4, { body: 'Тепловые сети' }],
  ]),
]

const sever = [
  tell('2-01', '2026-02-08T06:00', 3, { building: 'b-4', category: 'heating', ...emergency }, [
    ['acknowledged', 5],
  ]),
  tell('2-02', '2026-01-20T09:30', 24, { building: 'b-4', category: 'leak' }, [
    ['acknowledged', 20],
    ['deferred', 30, { reason: 'нет материалов' }],
  ]),
  tell('2-03', '2026-01-25T13:00', 24, { building: 'b-5', category: 'lift' }, [
    ['acknowledged', 8],
    ['work_done', 30],
    ['closed', 31],
    ['reopened', 60],
  ]),
  tell('2-04', '2026-01-06T13:00', 24, { building: 'b-5', category: 'leak' }, [
    ['acknowledged', 10],
    ['work_done', 39],
    ['closed', 40],
    ['reopened', 160],
    ['work_done', 230],
    ['confirmed', 240],
  ]),
  tell('2-05', '2026-02-10T15:30', 3, { building: 'b-6', category: 'heating', ...emergency }, []),
  tell('2-06', '2026-02-01T10:00', 48, { building: 'b-6', category: 'leak', channel: 'app' }, [
    ['acknowledged', 6],
    ['work_done', 50],
    ['awaiting_confirmation', 51],
    ['rejected_by_resident', 70],
    ['reopened', 71],
    ['started', 90],
  ]),
  tell('2-07', '2026-01-15T16:00', 72, { building: 'b-6', category: 'lighting' }, [
    ['acknowledged', 30],
    ['refused', 70, { ground: 'не относится к общему имуществу' }],
  ]),
  tell('2-08', '2026-02-08T07:00', 3, { building: 'b-4', category: 'heating' }, [
    ['marked_duplicate', 1, { of: '2-01' }],
  ]),
  tell('2-09', '2026-01-10T10:00', 48, { building: 'b-7', category: 'leak' }, [
    ['acknowledged', 12],
    ['transferred', 119, { organization: 'dva-doma' }],
    ['work_done', 190],
    ['closed', 192],
  ]),
  tell('2-10', '2026-01-16T19:00', 24, { building: 'b-5', category: 'heating' }, [
    ['acknowledged', 15],
    ['work_done', 44],
    ['awaiting_confirmation', 45],
    ['closed_no_response', 117],
  ]),
  tell('2-11', '2026-01-23T08:00', 24, { building: 'b-5', category: 'heating' }, [
    ['repeat_linked', 1, { of: '2-10' }],
    ['acknowledged', 26],
  ]),
  tell('2-12', '2026-01-18T12:00', 24, { building: 'b-4', category: 'lift' }, [
    ['assigned', 9, { contractor: 'liftservis' }],
    ['work_done', 20],
    ['returned_for_rework', 25],
    ['work_done', 40],
    ['returned_for_rework', 50],
    ['work_done', 60],
    ['verified', 62],
    ['confirmed', 66],
  ]),
  tell('2-13', '2026-01-29T12:00', 24, { building: 'b-6', category: 'lift' }, [['closed', -2]]),
  tell('2-14', '2026-02-06T09:00', 24, { building: 'b-5', category: 'heating' }, [
    ['acknowledged', 7],
    ['awaiting_supplier', 20],
  ]),
]

const others = [
  tell('3-01', '2026-01-20T09:00', 24, { building: 'b-7', category: 'lift' }, [
    ['acknowledged', 2],
    ['work_done', 18],
    ['confirmed', 22],
  ]),
  tell('3-02', '2026-02-09T08:00', 24, { building: 'b-7', category: 'leak' }, [
    ['acknowledged', 4],
  ]),
  tell('3-03', '2026-02-03T08:00', 72, { building: 'b-7', category: 'lighting' }, [
    ['acknowledged', 4],
    ['work_done', 30],
    ['confirmed', 50],
  ]),
  tell(
    '4-01',
    '2026-01-19T11:00',
    360,
    { building: 'b-8', category: 'heating', channel: 'front_office', kind: 'question' },
    [
      ['acknowledged', 1],
      ['closed', 26],
    ],
  ),
  tell('4-02', '2026-02-04T14:00', null, { building: 'b-8', category: 'lighting' }, []),
  tell(
    '4-03',
    '2026-01-30T14:00',
    72,
    { building: 'b-8', category: 'leak', channel: 'web', kind: 'complaint', priority: 'urgent' },
    [
      ['acknowledged', 3],
      ['work_done', 30],
      ['closed_no_response', 60],
    ],
  ),
]

const dirty = [
  tell(
    '5-01',
    '2026-02-09T20:00',
    24,
    { building: 'b-99', category: 'ghosts', place: 'ул. Неизвестная, 7', channel: 'messenger' },
    [],
  ),
  tell('5-02', '2026-02-05T12:00', 24, { building: 'b-4', category: 'leak', test: true }, []),
  tell('5-03', '2026-02-14T12:00', 24, { building: 'b-1', category: 'leak' }, []),
  [event('request.closed', at('2026-01-31T12:00'), { request: '5-04' })],
]

export const CITY: readonly DomainEvent[] = [
  ...registry,
  ...[...pribrezhnaya, ...sever, ...others, ...dirty].flat(),
]
