export default {
  queues: 'Queues',
  queue: {
    complaints: 'Complaints about organizations',
    addresses: 'Address not determined',
    messages: 'Messages',
    misdirected: 'Misdirected',
  },
  sentence: {
    none: 'Nothing waits at the duty desk.',
    waits_one: '{{n}} request waits for the duty officer.',
    waits_other: '{{n}} requests wait for the duty officer.',
  },
  rule: {
    complaints:
      'A complaint about the conduct of an organization goes past it: the authority takes it, and its age counts from registration.',
    addresses:
      'The address from the source fits no house of the register, or several; or the source named a house that the register does not know, only a point on the map, or nothing. Choose the house: the request appears on its page.',
    messages:
      'A post of a social network stays a message and counts in no measure until it is confirmed who asks.',
    misdirected:
      'An operator or the rule of its category says that it does not concern this organization. The transfer is recorded with its reason.',
  },
  keys: 'Keys: j and k go through the rows, 1–9 choose, Enter takes the first.',
  empty: {
    complaints: 'No open complaints about organizations.',
    addresses: 'Every open request has its house.',
    messages: 'No messages wait for confirmation.',
    misdirected: 'No open request is misdirected.',
  },
  emptyTodo: 'The page changes by itself when something comes.',
  noChoice: {
    complaints: 'Taken, waiting for an answer.',
    addresses:
      'No like house in the register: look for it yourself, check the address with the source, or add the house.',
    messages: 'There is nothing to choose here.',
    misdirected:
      'The register does not know the proper addressee: look for the organization yourself.',
  },
  more: '{{n}} more show when there is room; the export holds them all.',
  waits: 'waiting {{age}}',
  untaken: 'taken by nobody for {{age}}',
  sentTo: 'sent to: {{name}}',
  about: 'about: {{name}}',
  takenBy: 'with: {{name}}',
  by: {
    person: 'addressee named by an operator',
    category: 'addressee by the rule of its category',
  },
  post: 'the post',
  another: { buildings: 'Another house…', organizations: 'Another organization…' },
  find: { buildings: 'Address of the house', organizations: 'Name of the organization' },
  unknownHouse: 'unknown house “{{id}}”',
  point: 'point {{at}}',
  noAddress: 'no address told',
  metres: '{{n}} m from the point',
  appeal: 'Confirm: {{kind}}',
  decline: 'Identity not confirmed',
  passOn: 'Pass on to {{name}}',
  stays: 'It is right where it is',
  take: 'Take it',
  refused: 'Not recorded. Check the connection to the server and try again.',
  failed: 'The queue could not be read.',
  failedTodo: 'Check the connection to the server and try again.',
  retry: 'Try again',
  stale: 'Data of {{time}}: the server does not answer, trying again.',
  rates: {
    addresses: 'Address not determined, by source',
    misdirected: 'Misdirected, by channel',
    days: '{{n}} days',
    source: 'Source',
    channel: 'Channel',
    share: 'Share, 95%',
    of: 'Of how many',
    before: '90 days before',
    none: 'No requests in this time.',
  },
}
