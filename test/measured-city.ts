import { CITY, event } from './city.ts'

const HOUR = 3_600_000
const at = (local: string) => Date.parse(`${local}:00+05:00`)

/** A request of the city due so many hours after its registration, and its steps in hours. */
function tell(
  request: string,
  registered: string,
  due: number | null,
  body: object,
  steps: [string, number, object?][],
) {
  const start = at(registered)
  return [
    event('request.registered', start, {
      request,
      channel: 'phone',
      priority: 'ordinary',
      kind: 'work_request',
      ...(due !== null && { dueAt: start + due * HOUR }),
      ...body,
    } as never),
    ...steps.map(([step, hours, more]) =>
      event(`request.${step}` as 'request.closed', start + hours * HOUR, {
        request,
        ...more,
      } as never),
    ),
  ]
}
const riser = { building: 'b-2', category: 'lighting', entrance: 1, riser: 2 }

/**
 * The test city and five requests that tell apart measures which its story leaves equal: 9-01 confirmed long before its due time;
 * 9-02 confirmed in time, and back as 9-03 under a new number; 9-03 verified in time, confirmed late; 9-04 a message of a social
 * network; 9-05 a complaint that was made less urgent within a day and is not for whom it was sent to.
 */
export const MEASURED_CITY = [
  ...CITY,
  ...tell('9-01', '2026-02-10T08:00', 48, { building: 'b-1', category: 'lighting' }, [
    ['work_done', 1],
    ['confirmed', 2],
  ]),
  ...tell('9-02', '2026-01-16T09:00', 48, riser, [
    ['work_done', 20],
    ['confirmed', 24],
  ]),
  ...tell('9-03', '2026-01-19T09:00', 48, riser, [
    ['work_done', 4],
    ['verified', 6],
    ['confirmed', 60],
  ]),
  ...tell(
    '9-04',
    '2026-02-08T09:00',
    null,
    { building: 'b-8', category: 'lift', kind: 'message', channel: 'social_network' },
    [],
  ),
  ...tell(
    '9-05',
    '2026-02-07T10:00',
    240,
    { building: 'b-3', category: 'lift', kind: 'complaint', priority: 'urgent' },
    [
      ['priority_changed', 2, { priority: 'ordinary' }],
      ['misdirected', 3, { addressee: 'liftservis' }],
    ],
  ),
]
