import names from './names-en.ts'
import type { Measures } from './shape.ts'

const faulty =
  'Left out: test requests, and records whose times cannot be trusted (such as closed before registered).'
const removed = `${faulty} Left out: withdrawn by the resident, proven duplicates.`
const legal = `${removed} Left out are messages of social networks until somebody confirmed who asks: they are open and on the map, but have no legal due time.`
const censored = 'Open requests count as still waiting: Kaplan–Meier estimate.'

const measures: Measures = {
  open: {
    ...names.open,
    definition:
      'Registered and not yet closed. A request that its source dates in the future is open too: it is marked and stands last by the time of registration.',
    numerator: 'open requests',
    denominator: 'none: a count, not a share',
    excluded: 'Test requests.',
  },
  overdue: {
    ...names.overdue,
    definition: 'Still open past its due time. Closed late is a different measure.',
    numerator: 'open requests past their due time',
    denominator: 'none: a count, not a share',
    excluded: 'Test requests; requests without a due time.',
  },
  late: {
    ...names.late,
    definition: 'Its due time passed before it closed, or has passed while it is open.',
    numerator: 'closed after the due time, and open past it',
    denominator: 'requests whose due time has passed',
    excluded: legal,
  },
  withinNorm: {
    ...names.withinNorm,
    definition: 'Closed by its due time. Open past the due time counts as late.',
    numerator: 'closed by the due time',
    denominator: 'requests whose due time has passed',
    excluded: legal,
  },
  reopened: {
    ...names.reopened,
    definition:
      'An incident is closed with its first request. Within 14 days of that any of its requests was opened again, linked with a repeat, or reported again under a new number: by the same resident or from the same riser, in the same category. Only closings older than 14 days are judged.',
    numerator: 'incidents that came back within 14 days of the first closing',
    denominator: 'incidents first closed at least 14 days ago',
    excluded: removed,
  },
  reopenedTold: {
    ...names.reopenedTold,
    definition:
      'Within 14 days of its first closing the source itself told of a reopening or a repeat. Repeats under a new number are not counted.',
    numerator: 'returned within 14 days, as told by the source',
    denominator: 'first closed at least 14 days ago',
    excluded: removed,
  },
  confirmed: {
    ...names.confirmed,
    definition:
      'The resident confirmed that it is done, among the closed ones where the resident’s answer or silence is known.',
    numerator: 'confirmed by the resident',
    denominator: 'confirmed, and closed without the resident’s answer',
    excluded: 'Closed by a source that does not tell the resident’s answer; test requests.',
  },
  responseMedian: {
    ...names.responseMedian,
    definition: `Time from registration to the first action of the responsible organization by which half of the requests were accepted. ${censored}`,
    numerator: 'time from registration to acceptance',
    denominator: 'accepted, and open ones not yet accepted',
    excluded: faulty,
  },
  responseP90: {
    ...names.responseP90,
    definition: `Time by which nine requests in ten were accepted. ${censored}`,
    numerator: 'time from registration to acceptance',
    denominator: 'accepted, and open ones not yet accepted',
    excluded: faulty,
  },
  resolutionMedian: {
    ...names.resolutionMedian,
    definition: `Time from registration to the closing that stands, by which half of the requests were resolved. ${censored}`,
    numerator: 'time from registration to the last closing',
    denominator: 'closed, and still open',
    excluded: removed,
  },
  resolutionP90: {
    ...names.resolutionP90,
    definition: `Time by which nine requests in ten were resolved. ${censored}`,
    numerator: 'time from registration to the last closing',
    denominator: 'closed, and still open',
    excluded: removed,
  },
  pace: {
    ...names.pace,
    definition: `How many times slower the unit closes its requests for good than the city closes the same mix of categories, priorities and building ages: events expected by the city’s hazard divided by those that happened. ${censored}`,
    numerator: 'closings expected at the city’s pace over the same observed times',
    denominator: 'closings that happened',
    excluded: removed,
  },
  registered: {
    ...names.registered,
    definition:
      'Every request registered in the period, duplicates, withdrawn ones and records with quality marks included.',
    numerator: 'all requests',
    denominator: 'none: a count, not a share',
    excluded: 'Test requests.',
  },
  incidents: {
    ...names.incidents,
    definition:
      'How many different events are behind the requests: several calls about the same thing count once.',
    numerator: 'different incidents of these requests',
    denominator: 'none: a count, not a share',
    excluded:
      'Test requests. One incident: the same building and category, within 24 hours of the first request while that is open.',
  },
  emergencyOpen: {
    ...names.emergencyOpen,
    definition: 'Registered as an emergency, or made one later, and not yet closed.',
    numerator: 'open emergency requests',
    denominator: 'none: a count, not a share',
    excluded: 'Test requests.',
  },
  closed: {
    ...names.closed,
    definition:
      'Registered and closed, however it ended and whoever closed it. Reopened is not closed.',
    numerator: 'closed requests',
    denominator: 'none: a count, not a share',
    excluded: 'Test requests.',
  },
  onTime: {
    ...names.onTime,
    definition:
      'By the due time the resident confirmed or an inspection accepted the work. The word “closed” alone is not enough.',
    numerator: 'confirmed by the resident or verified by the due time',
    denominator: 'requests whose due time has passed',
    excluded: legal,
  },
  onTimeEstimated: {
    ...names.onTimeEstimated,
    definition:
      'Share of all registered requests with a due time that are confirmed by the resident or verified by then. Withdrawn, refused, transferred ones and those closed without a word of the resident count as other endings; open ones as not ended yet: Aalen–Johansen estimate.',
    numerator: 'confirmed or verified by the due time',
    denominator: 'all registered with a due time, those not due yet included',
    excluded: `${faulty} Left out are messages of social networks until somebody confirmed who asks.`,
  },
  onTimeOfClosed: {
    ...names.onTimeOfClosed,
    definition:
      'Closed by its due time, among the closed. Open overdue ones are not seen, so the share is higher.',
    numerator: 'closed by the due time',
    denominator: 'closed, with a due time',
    excluded: legal,
  },
  onTimeOfClosedAndOverdue: {
    ...names.onTimeOfClosedAndOverdue,
    definition: 'Closed by its due time, among the closed and the open ones past their due time.',
    numerator: 'closed by the due time',
    denominator: 'closed and open overdue, with a due time',
    excluded: legal,
  },
  onTimeSoFar: {
    ...names.onTimeSoFar,
    definition:
      'Not past its due time: closed by it, or still open before it. Fresh requests raise the share.',
    numerator: 'not past the due time, open ones included',
    denominator: 'all requests with a due time',
    excluded: legal,
  },
  hiddenRepeats: {
    ...names.hiddenRepeats,
    definition:
      'The same fault of the same flat or riser was registered anew within 14 days after the first was closed, and the source did not link them.',
    numerator: 'repeats under a new number',
    denominator: 'all requests',
    excluded: 'Test requests; requests that tell neither who asks nor the riser.',
  },
  rework: {
    ...names.rework,
    definition:
      'The work was declared done and was returned at least once by a check or the customer.',
    numerator: 'returned for rework',
    denominator: 'requests whose work was declared done',
    excluded: 'Test requests; requests of which the source told no end of the work.',
  },
  confirmedOfAnswered: {
    ...names.confirmedOfAnswered,
    definition:
      'The resident confirmed that it is done, among those who said anything about the work. Silence is left out; how many were silent stands beside it.',
    numerator: 'confirmed by the resident',
    denominator: 'the resident confirmed or rejected',
    excluded: 'Test requests; those closed without an answer.',
  },
  answered: {
    ...names.answered,
    definition:
      'The resident spoke about the work, confirming or rejecting it, among those who were asked. The lower this share, the less the share of confirmed says.',
    numerator: 'confirmed, and rejected by the resident at least once',
    denominator: 'confirmed, rejected, awaiting confirmation, and closed without an answer',
    excluded: 'Test requests; those closed by a source that does not tell whether it asked.',
  },
  closedNoResponse: {
    ...names.closedNoResponse,
    definition: 'Closed because the resident did not answer in the time given, among all closed.',
    numerator: 'closed without the resident’s answer',
    denominator: 'closed requests',
    excluded: 'Test requests.',
  },
  refused: {
    ...names.refused,
    definition: 'Closed by a refusal of the organization, among all closed.',
    numerator: 'closed by refusal',
    denominator: 'closed requests',
    excluded: 'Test requests.',
  },
  cancelled: {
    ...names.cancelled,
    definition:
      'Closed because it was withdrawn, among all closed. Measures of lateness leave these out, so their share stands here.',
    numerator: 'withdrawn',
    denominator: 'closed requests',
    excluded: 'Test requests.',
  },
  forwarded: {
    ...names.forwarded,
    definition: 'Closed by passing it to an addressee outside this system, among all closed.',
    numerator: 'forwarded',
    denominator: 'closed requests',
    excluded: 'Test requests.',
  },
  duplicates: {
    ...names.duplicates,
    definition:
      'Found to be a duplicate of another: the source says so, or the same resident used another channel in the same incident.',
    numerator: 'duplicates',
    denominator: 'all requests',
    excluded: 'Test requests.',
  },
  misdirected: {
    ...names.misdirected,
    definition:
      'An operator or the rule of the category says that it is not for whom it was sent to.',
    numerator: 'marked as misdirected',
    denominator: 'all requests',
    excluded: 'Test requests.',
  },
  transferred: {
    ...names.transferred,
    definition: 'While it was open another organization became responsible for it.',
    numerator: 'transferred at least once',
    denominator: 'all requests',
    excluded: 'Test requests.',
  },
  downgraded: {
    ...names.downgraded,
    definition: 'Its priority was lowered within a day of registration.',
    numerator: 'with a priority lowered within a day',
    denominator: 'all requests',
    excluded: 'Test requests.',
  },
  appeals: {
    ...names.appeals,
    definition: 'It is known who asks, or the source does not ask: legal clocks run.',
    numerator: 'appeals',
    denominator: 'all requests',
    excluded: 'Test requests.',
  },
  messages: {
    ...names.messages,
    definition: 'Of a social network, and nobody has confirmed who asks: no legal clock runs.',
    numerator: 'unconfirmed messages',
    denominator: 'all requests',
    excluded: 'Test requests.',
  },
  unaddressed: {
    ...names.unaddressed,
    definition:
      'Its building is not found in the registry, neither by the source’s id nor by the address.',
    numerator: 'requests without a known building',
    denominator: 'all requests',
    excluded: 'Test requests.',
  },
  marked: {
    ...names.marked,
    definition:
      'Something is wrong with the record: a time, the building, the category or a transition. It is kept and shown.',
    numerator: 'requests with at least one mark',
    denominator: 'all requests',
    excluded: 'Test requests.',
  },
  inflowPerFlats: {
    ...names.inflowPerFlats,
    definition:
      'Requests of the period divided by apartments times months under management: time at risk, not the number of companies or buildings.',
    numerator: 'requests for which somebody answers',
    denominator: 'thousands of flat-months under management',
    excluded:
      'Test requests. Incomplete days. Buildings whose apartments are not known: their requests are counted, their time at risk is not.',
  },
  inflowPerArea: {
    ...names.inflowPerArea,
    definition:
      'Requests of the period divided by floor area times months under management. Beside the inflow per flats, because housing inspectorates count so.',
    numerator: 'requests for which somebody answers',
    denominator: 'thousands of m²-months under management',
    excluded:
      'Test requests. Incomplete days. Buildings whose area is not known: their requests are counted, their time at risk is not.',
  },
  buildingIntensity: {
    ...names.buildingIntensity,
    definition:
      'Requests of the building in the 365 days before midnight per 100 apartments, against what buildings of its age and height have. A building weighs most where there are at least 10 and they are, with a probability of 95 % or more, above twice the expected.',
    numerator: 'requests of the building, each call by itself',
    denominator: 'apartments; the expected: Poisson regression on age and height',
    excluded:
      'Test requests. Buildings with neither apartments nor entrances known; where only apartments are not, 36 for each entrance, and it says so.',
  },
  buildingSilence: {
    ...names.buildingSilence,
    definition:
      'How improbable so few requests are where as many are expected as from its like, and its neighbours report as they do. Silence does not mean that all is well.',
    numerator: 'requests of the building in the 365 days before midnight',
    denominator: 'expected requests, corrected for neighbours within 500 m or in the district',
    excluded: 'Test requests. Buildings of which nothing can be expected.',
  },
}
export default measures
