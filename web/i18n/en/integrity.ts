import { INDICATORS_EN } from '#server/contract/words/indicators.ts'

export default {
  short: {
    unproven: 'No word, no document',
    premature: 'Back within 72 h',
    bunching: 'Just before due',
    excessMass: 'Excess before due',
    heaping: 'Round minutes',
    massClosing: 'At once, one account',
    night: 'At night',
    afterTheFact: 'After the fact',
    scanReuse: 'Same document',
    duplicateAbuse: 'Duplicate of nothing',
    reworkLoop: 'In circles',
    downgrading: 'Urgency lowered',
    dropping: 'Dropped near due',
  },
  name: INDICATORS_EN,
  question: {
    unproven:
      'Why are so many requests closed without the resident’s word and without a document: {{observed}} where {{expected}} are expected?',
    premature:
      'Why do so many closed requests come back within 72 hours: {{observed}} where {{expected}} are expected?',
    bunching:
      'Why are so many requests closed in the last tenth of their term: {{observed}} of {{n}} where {{expected}} are expected?',
    excessMass:
      'Why are there more closings just before the due time than in the hours around it: {{observed}} where {{expected}} are expected?',
    heaping:
      'Why are so many requests closed in the same minutes of the hour: {{observed}} where {{expected}} are expected?',
    night:
      'Why are so many requests closed at night: {{observed}} where {{expected}} are expected?',
    afterTheFact:
      'Why are so many closings told more than 2 hours later: {{observed}} where {{expected}} are expected?',
    scanReuse:
      'Why does one document prove several requests: {{observed}} of {{n}} where {{expected}} are expected?',
    duplicateAbuse:
      'Why are so many requests called duplicates with no other open request in the building: {{observed}} where {{expected}} are expected?',
    reworkLoop:
      'Why are so many requests closed and reopened three times or more: {{observed}} where {{expected}} are expected?',
    downgrading:
      'Why is the urgency of so many emergencies lowered within a day: {{observed}} of {{n}} where {{expected}} are expected?',
    dropping:
      'Why are so many requests cancelled or handed over just before their due time: {{observed}} of {{n}} where {{expected}} are expected?',
  },
  how: {
    unproven:
      'Closed at least 14 days before the cut, one of each incident. Counted are those closed without the resident’s answer and without a document of the work.',
    premature:
      'Closed at least 14 days before the cut, one of each incident. Counted are those whose incident came back within 72 hours of the first closing.',
    bunching:
      'First closings by the organization itself at 90 to 110% of the term. Counted are those in its last tenth; expected is the share of other organizations in the same groups, at least a half.',
    excessMass:
      'First closings by the organization itself between half and one and a half of the term, in twentieths. A curve goes through those far from the due time; the excess is compared with that of other organizations in the same groups.',
    heaping:
      'Minute of the hour of the first closing: last digit and full hours, against other organizations (chi-square and Cramér’s V).',
    massClosing:
      'Minutes, and tens of minutes, in which one account closed five or more requests and more than its usual pace explains (Poisson). Requests of one incident count once.',
    night: 'First closings by the organization itself between 22:00 and 6:00 local time.',
    afterTheFact:
      'First closings by the organization itself that were told more than 2 hours later. Those more than 30 days late came with a file and do not count.',
    scanReuse:
      'Requests with a document of the work. Counted are those whose document also proves a request of another incident.',
    duplicateAbuse:
      'All requests. Counted are those closed by the organization itself as duplicates though the building had no other open request of the category.',
    reworkLoop:
      'Closed at least 14 days before the cut, one of each incident. Counted are those reopened three times or more.',
    downgrading:
      'Emergencies at registration. Counted are those whose urgency was lowered within a day. They are compared as emergencies.',
    dropping:
      'Cancelled by the organization itself, or handed over by it, at 90 to 110% of the term. Counted are those in the last tenth of it.',
  },
  sentence: {
    none: 'There is nothing to ask organizations about.',
    some_one: '{{n}} question to organizations.',
    some_other: '{{n}} questions to organizations.',
    of_one: 'It concerns {{n}} organization of <all>{{all}}</all>.',
    of_other: 'They concern {{n}} organizations of <all>{{all}}</all>.',
  },
  note: 'An inspector’s question is not an accusation: an unusual number may have an ordinary reason, and it is worth hearing.',
  frozen:
    'Cut {{cut}}: requests registered {{period}}. Pairs of organization and indicator tested: {{tested}}; false ones at most {{q}}, events at least {{events}}. Rules, version {{rules}}.',
  burst: {
    one_one: 'Why is {{n}} request closed within one minute by one account?',
    one_other: 'Why are {{n}} requests closed within one minute by one account?',
    ten_one: 'Why is {{n}} request closed within ten minutes by one account?',
    ten_other: 'Why are {{n}} requests closed within ten minutes by one account?',
    times: 'Times like this in the period: {{times}}.',
  },
  list: {
    title: 'Questions',
    note: 'the rarest first',
    none: 'No number is beyond the rules.',
    noneTodo: 'What was looked at, and of whom, is below.',
  },
  evidence: {
    how: 'How it is counted',
    observed: 'Observed',
    expected: 'Expected',
    among: 'of',
    few: 'less than one',
    size: {
      ratio: 'To expected',
      limit: 'Share before due',
      mass: 'Excess to mean',
      heap: 'Cramér’s V',
      burst: 'Most at once',
    },
    lower: 'lower bound {{lower}}',
    limit: 'threshold {{limit}}',
    q: 'q, share of false ones',
    tiny: 'below {{value}}',
    tooMany: 'There are more cases than one address holds: open each below.',
    organization: 'The organization’s page',
    level: { ask: 'Ask', none: 'Nothing to ask', insufficient: 'Too little data' },
    noneWords:
      'The number is not beyond the rules: size, at least {{events}} events, false ones at most {{q}}.',
    thinWords: 'Fewer than {{requests}} requests, or nobody to compare with. No conclusion.',
    returns:
      'Of those closed just before the due time {{before}} came back ({{beforeOf}}), of the others {{rest}} ({{restOf}}).',
    pick: 'Choose a question on the left or a number in the table below.',
  },
  picture: {
    terms: 'Closings by share of the term',
    termsNote:
      'twentieths of the term; the line is other organizations in the same groups, dashed is without the excess',
    others: 'others',
    due: 'due',
    minutes: 'Closings by minute of the hour',
    minutesNote: 'the line is other organizations',
    day: 'Closings by one account, {{day}}',
    dayNote: 'tens of minutes, local time',
    months: 'By month of registration',
    monthsNote: 'bars are observed, the line is expected of the same mix',
    bin: 'Share of the term',
    minute: 'Minute',
    time: 'Time',
    month: 'Month',
    own: 'Observed',
    expected: 'Expected',
    label: '{{title}}: observed {{own}}, expected {{expected}}.',
    labelAlone: '{{title}}: observed {{own}}.',
    empty: 'Nothing to draw: there are too few such requests.',
  },
  cases: {
    bursts: 'When and by which account',
    scans: 'Which documents',
    account: 'account {{name}}',
    requests_one: '{{n}} request',
    requests_other: '{{n}} requests',
    minutes: { one: 'in a minute', ten: 'in ten minutes' },
    more: 'Shown are the {{shown}} largest of {{all}}.',
    rows: 'Requests',
    sample: 'For a spot check: {{n}}',
    number: 'Request',
    where: 'Where and what',
    registered: 'Registered',
    closed: 'Closed',
    due: 'Due',
    outcome: 'Outcome',
  },
  matrix: {
    title: 'What was looked at, and of whom',
    note: 'ratio to expected, share, excess, V or most at once; a shape where there is something to ask',
    organization: 'Organization',
    few: 'Dash: fewer than {{requests}} requests, or nobody to compare with. Light number: fewer than {{events}} events, no conclusion.',
  },
  panel: {
    title: 'Integrity',
    none: 'No questions: indicators looked at, {{n}}.',
    few: 'Too little data to ask.',
    all: 'All questions of the city',
  },
  asTable: 'Show as table',
  asChart: 'Show as chart',
  failed: 'The questions could not be fetched.',
  failedTodo: 'Check the connection to the server and try again.',
  retry: 'Try again',
  empty: 'There is nothing to look at yet.',
  emptyTodo: 'It needs closed requests of a period that ended at least 14 days ago.',
  unknown: 'This organization was not looked at by this indicator.',
  unknownTodo: 'It has no such requests in the period. Choose another question.',
}
