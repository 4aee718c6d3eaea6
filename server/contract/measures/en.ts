import type { Measures } from './shape.ts'

const faulty =
  'Left out: test requests, and records whose times cannot be trusted (such as closed before registered).'
const removed = `${faulty} Left out: withdrawn by the resident, proven duplicates.`
const legal = `${removed} Left out are messages of social networks until somebody confirmed who asks: they are open and on the map, but have no legal due time.`
const censored = 'Open requests count as still waiting: Kaplan–Meier estimate.'

const measures: Measures = {
  open: {
    name: 'Open',
    definition: 'Registered and not yet closed.',
    numerator: 'open requests',
    denominator: 'none: a count, not a share',
    excluded: 'Test requests.',
  },
  overdue: {
    name: 'Overdue',
    definition: 'Still open past its due time. Closed late is a different measure.',
    numerator: 'open requests past their due time',
    denominator: 'none: a count, not a share',
    excluded: 'Test requests; requests without a due time.',
  },
  late: {
    name: 'Late',
    definition: 'Its due time passed before it closed, or has passed while it is open.',
    numerator: 'closed after the due time, and open past it',
    denominator: 'requests whose due time has passed',
    excluded: legal,
  },
  withinNorm: {
    name: 'Closed in time',
    definition: 'Closed by its due time. Open past the due time counts as late.',
    numerator: 'closed by the due time',
    denominator: 'requests whose due time has passed',
    excluded: legal,
  },
  reopened: {
    name: 'Reopened',
    definition:
      'Within 14 days of its first closing it was opened again, linked with a repeat, or reported again under a new number: by the same resident or from the same riser, in the same category. Only closings older than 14 days are judged.',
    numerator: 'returned within 14 days of the first closing',
    denominator: 'first closed at least 14 days ago',
    excluded: removed,
  },
  reopenedTold: {
    name: 'Reopened, as the source says',
    definition:
      'Within 14 days of its first closing the source itself told of a reopening or a repeat. Repeats under a new number are not counted.',
    numerator: 'returned within 14 days, as told by the source',
    denominator: 'first closed at least 14 days ago',
    excluded: removed,
  },
  confirmed: {
    name: 'Confirmed by residents',
    definition:
      'The resident confirmed that it is done, among the closed ones where the resident’s answer or silence is known.',
    numerator: 'confirmed by the resident',
    denominator: 'confirmed, and closed without the resident’s answer',
    excluded: 'Closed by a source that does not tell the resident’s answer; test requests.',
  },
  responseMedian: {
    name: 'Response, median',
    definition: `Time from registration to the first action of the responsible organization by which half of the requests were accepted. ${censored}`,
    numerator: 'time from registration to acceptance',
    denominator: 'accepted, and open ones not yet accepted',
    excluded: faulty,
  },
  responseP90: {
    name: 'Response, 90 %',
    definition: `Time by which nine requests in ten were accepted. ${censored}`,
    numerator: 'time from registration to acceptance',
    denominator: 'accepted, and open ones not yet accepted',
    excluded: faulty,
  },
  resolutionMedian: {
    name: 'Resolution, median',
    definition: `Time from registration to the closing that stands, by which half of the requests were resolved. ${censored}`,
    numerator: 'time from registration to the last closing',
    denominator: 'closed, and still open',
    excluded: removed,
  },
  resolutionP90: {
    name: 'Resolution, 90 %',
    definition: `Time by which nine requests in ten were resolved. ${censored}`,
    numerator: 'time from registration to the last closing',
    denominator: 'closed, and still open',
    excluded: removed,
  },
}
export default measures
