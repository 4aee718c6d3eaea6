import type { DossierWords } from './dossier-words.ts'

const SHARE =
  'Expected is a sum over strata (category × priority × age of buildings): the organization’s requests in a stratum × the city’s share in the same stratum. Where the organization has more than {share} of a stratum’s requests, the share is taken without it. Where a stratum has fewer than {least} requests, {borrowed} are added with the share that the city’s logistic model gives.'
const JUDGED = 'Judged, but not counted as an event: {n}.'

export const EN: DossierWords = {
  office: 'housing inspectorate',
  number: 'Dossier No. {id}',
  sheet: 'Sheet {page} of {pages}',
  title: {
    inspect: 'A reason to inspect: {measure}',
    watch: 'To be watched: {measure}',
    good: 'Good practice: {measure}',
    none: 'As expected: {measure}',
    insufficient: 'Too little data: {measure}',
  },
  measure: {
    reopened: 'requests that were opened again',
    late: 'requests past their deadline',
    pace: 'the pace of closing requests',
    composite: 'several measures together',
  },
  notice: {
    strong: {
      inspect: 'This is a ground for inspection, not a finding of violation.',
      watch: 'This is a reason to look closer, not a finding of violation.',
      good: 'Better than chance and ordinary differences explain: worth learning how.',
      none: 'Chance and ordinary differences explain the difference from what was expected.',
      insufficient: 'There is too little to judge. Intervals are shown, no level is given.',
    },
    proposed: 'Proposed on {on}.',
    path: {
      a: 'Path A, “unusual among organizations”.',
      b: 'Path B, “beyond tolerance”.',
      c: 'Path C, “several measures together”.',
    },
    reply: 'The organization may reply until {until}, that day included.',
    next: 'Evaluated again on {on}.',
    lost: {
      missing:
        'The frozen dossier is missing: these are figures of the last midnight. The command domovoi flags replay {flag} restores it.',
      damaged:
        'The file of the frozen dossier is damaged and not shown: these are figures of the last midnight. The command domovoi flags replay {flag} restores it.',
    },
  },
  section: {
    summary: 'In words',
    figures: 'Figures',
    peers: 'Position among comparable organizations',
    quarters: 'By quarter: happened and expected',
    sensitivity: 'Does it hold',
    categories: 'Categories that weigh most',
    buildings: 'Buildings that weigh most',
    norms: 'Norms',
    reply: 'What the organization may submit',
    method: 'How the expected number was counted',
    group: 'With whom it was compared',
    events: 'Requests that count',
    others: 'Other requests that were judged',
    hashes: 'Rules, data and checksums',
    limits: 'What this does not know',
  },
  summary: {
    happened: {
      reopened:
        'From {from} to {to}, {name}: requests closed {*n}; of them {*observed} were opened again within 14 days.',
      late: 'From {from} to {to}, {name}: requests that fell due {*n}; of them {*observed} were not done in time.',
      pace: 'From {from} to {to}, {name}: requests registered {*n}; closed for good by the cut {closed}, of them within the horizon {*observed}.',
    },
    expected: {
      reopened:
        'With the same mix of categories, priorities and building ages the average of the city’s organizations would have had {*expected}.',
      late: 'With the same mix of categories, priorities and building ages the average of the city’s organizations would have had {*expected}.',
      pace: 'At the city’s pace, with the same mix of categories, priorities and building ages, {*expected} would have been closed in the same time.',
    },
    ratio: 'The ratio is {*ratio} (95% interval {interval}).',
    ratioOfPace: 'The pace is {*ratio} times slower than the city’s (95% interval {interval}).',
    chance: 'A ratio this far out would arise by chance {chance} for an average organization.',
    peers:
      'After allowing for ordinary differences between organizations, {thisFar} of {judged} would be expected to lie this far out ({z} standard deviations{q}).',
    quarters: 'Above expectation in {above} of {of} quarters.',
    quartersOfPace: 'Slower than expected in {above} of {of} quarters.',
    without: 'Without its heaviest building the ratio is {ratio}.',
    few: 'Too few events or requests are expected to tell the organization from chance.',
  },
  chance: {
    often: 'more often than once in ten times',
    oneIn: 'in one case out of {n}',
    rare: 'in less than one case out of a million',
  },
  figures: {
    n: { reopened: 'Requests closed, n', late: 'Fell due, n', pace: 'Registered, n' },
    nNote: { reopened: 'mature', late: 'due before the cut', pace: 'open ones included' },
    observed: {
      reopened: 'Opened again, O',
      late: 'Not in time, O',
      pace: 'Closed within the horizon, O',
    },
    closed: 'by the cut {closed} in all, {beyond} after the horizon',
    city: 'City, not adjusted',
    cityNote: '{observed} of {n}',
    expected: 'Expected, E',
    strata: 'strata: {n}',
    ratio: 'Ratio O / E',
    ratioOfPace: 'Ratio E / O',
    z: 'Chance, z',
    zDispersed: 'With ordinary differences, z',
    spread: 'spread {n}',
    q: 'False-discovery rate, q',
    lower: 'Lower bound',
    limit: 'limit {limit}',
    notAsked: 'path B does not ask for it',
    notTested: 'not tested',
  },
  peers: {
    caption:
      'Axis: expected number, logarithmic. Limits of 99.8%: solid, chance only; dashed, chance and ordinary differences.',
    label: '{name}: ratio {ratio} at {expected} expected; points of other organizations: {n}.',
  },
  quarters: {
    caption: 'Bar and line: what happened and its 95%; tick: expected.',
    label: '{period}: {observed}, expected {expected}.',
  },
  variant: {
    accepted: 'As accepted',
    logistic: 'Logistic model',
    withoutBuilding: 'Without {building}',
    withoutWeek: 'Without the week of {week}',
    netClock: 'By net time, without pauses',
    duplicatesApart: 'Duplicates not joined',
  },
  others: {
    caption: 'Its other measures at the same cut',
    measure: 'Measure',
    level: 'Level',
    z: 'With ordinary differences, z',
    levels: {
      inspect: 'a reason to inspect',
      watch: 'to be watched',
      good: 'good practice',
      none: 'as expected',
      insufficient: 'too little data',
    },
  },
  sensitivity: {
    question: 'Counted',
    noAnswer: 'does not apply',
    caption: 'Line: 95% interval. Rule at one: exactly as the city.',
    n: 'n',
    observed: 'Happened',
    expected: 'Expected',
    ratio: 'Ratio',
    interval: '95%',
    differs: 'The logistic model and the strata differ by more than 0.05: by {n}.',
    agrees: 'The logistic model and the strata agree: they differ by {n}.',
  },
  parts: {
    category: 'Category',
    building: 'Building',
    n: 'n',
    happened: 'Happened / expected',
    excess: 'Above expected',
    ratio: 'Ratio, 95%',
    without: 'Ratio without it, 95%',
    unknown: 'unknown',
  },
  norms: {
    none: 'The measure rests on its own definition, not on a norm: no norm limits it.',
    norm: 'Norm',
    citation: 'Source',
    verified: 'verified: {by}, {on}',
    mark: 'Mark',
    unverified: 'not verified by a lawyer',
    requests: 'Requests',
  },
  reply: {
    maySubmit: 'It may submit: {list}',
    open: 'Replies are taken until {until}, that day included. A reply, corrections and a decision are added to the dossier and do not change it.',
    none: 'The term for a reply has passed or is not set. A reply may still be given: it is added to the dossier and does not change it.',
    may: [
      'acts and photos for requests of the list',
      'corrections of data: a request of another organization, a wrong time, a duplicate, a test record',
      'outages, repairs and buildings that passed to others in the period',
      'objections to the comparison or to the rules',
    ],
  },
  method: {
    reopened:
      'Counted: a request that was opened again, or told anew for the same flat or riser, within 14 days of its closing. Duplicates and requests withdrawn by the resident are left out.',
    late: 'Counted: a request that fell due before the cut and was not closed by then. One that is open past its deadline is not in time. Pauses do not stop the clock.',
    pace: 'Open requests count too: they wait until the cut. A closing followed by a return within 14 days is not a closing.',
    adjusted:
      'Adjusted only for what the organization does not choose: category, priority and the age of buildings. A mass event is one request.',
    expected: {
      reopened: SHARE,
      late: SHARE,
      pace: 'Expected is a sum over all requests of the organization, closed and open: the city’s cumulative hazard of closing (Nelson–Aalen) in the request’s stratum over the time that the request was observed. Where the organization has more than {share} of a stratum’s requests, the hazard is taken without it, if there are enough others. The horizon of a stratum is the time that {horizon} of its requests do not exceed: a closing after it is not in O, the request counts as waiting.',
    },
  },
  group: {
    caption:
      'All organizations of the city with such requests in the same period, in alphabetical order; n in brackets. An inspectorate manages no houses and is not named here; its requests are part of the shares of the city.',
  },
  requests: {
    events: {
      reopened: 'Opened again: {n}.',
      late: 'Not in time: {n}.',
      pace: 'Not closed for good by the cut: {n}.',
    },
    beyond: 'Closed after the horizon of their stratum ({days} days), counted as waiting: {n}.',
    others: { reopened: JUDGED, late: JUDGED, pace: 'Closed within the horizon, O: {n}.' },
    none: 'There are none.',
  },
  hashes: {
    what: 'What',
    value: 'Value',
    measure: 'Measure and version',
    policy: 'Rules: version, valid from, sha256',
    log: 'Log: number of the last event',
    inputs: 'Frozen inputs, sha256',
    cut: 'Cut',
    tested: 'Tests in one family (Benjamini and Hochberg)',
    form: 'Form of the dossier',
  },
  limits: [
    'It sees only what reached the log. Appeals that are not in the sources do not affect it.',
    'Differences of buildings and residents that nobody measured remain; for them the limit is widened by the ordinary differences between organizations.',
    'A request belongs to the organization that answered for the building at registration; a later transfer does not change it.',
    'There are no places: an organization is compared with the city on the same mix of requests, not with its neighbours on a list.',
  ],
  foot: {
    data: 'Data as of',
    rules: 'Rules',
    list: 'List',
    signature: 'Signature, date',
    asOf: '{cut}, sha256 {hash}',
    rulesOf: 'rules {version} from {from}',
    measureOf: 'measure {token}',
    numbers: 'request numbers: {n}',
  },
}
