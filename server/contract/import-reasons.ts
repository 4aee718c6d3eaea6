/**
 * Why rows, files and messages are not taken, told in English by whoever refuses them, as codes with what is said in them: a
 * screen tells them in its own language. The English stays what the API and the log say.
 */
const REASONS = {
  noNumber: /^has no request number$/,
  rounded: /^is a number that a spreadsheet has rounded$/,
  tooLong: /^is longer than (?<most>\d+) signs$/,
  personal: /^is .+; number requests by something that is not personal$/,
  notListed: /^is not among the values of the mapping$/,
  noTime: /^has no time of registration$/,
  noDate: /^is no date of the form (?<form>.+)$/,
  noBuilding: /^has no building id$/,
  differs: /^differs from what is in the log, which stands(?<fields>: .+)?$/,
  cells: /^has (?<cells>\d+) cells, the header has (?<header>\d+)$/,
  encoding: /^holds bytes that are not of the encoding$/,
  zero: /^holds a zero byte$/,
  knownBody: /^event "(?<id>.+)" is already in the log with another body; the first one stands$/,
  knownMessage: /^webhook-id "(?<id>.+)" came before with another body; the first one stands$/,
  noRequest: /^the message is not a request: (?<column>\S*) (?<why>.+); nothing was stored$/,
  noColumns:
    /^the header \(line 1\) has no (?<missing>.+); its columns are (?<columns>.+)\. Check the mapping: only (?<needed>.+) are needed, .+$/,
  noneRead:
    /^none of the (?<rows>\d+) rows can be read; line (?<line>\d+): (?<column>.*?) ?(?<why>(?:has|is|holds|differs) .+?)(?: \((?<value>".*")\))?\. Check the mapping$/,
  noJson: /^the mapping is no JSON: (?<detail>.+)$/,
  noMapping: /^this is not a mapping: (?<detail>.+)$/,
  ofRegister: /^this mapping is of a register; .+$/,
  emptyFile: /^the file is empty$/,
  noHeader: /^the file has no header$/,
  noTable: /^this is not CSV but .+$/,
  cut: /^(?<file>.+) is broken after (?<bytes>\d+) (?:unpacked )?bytes \(.+\); get it again from its source$/,
  fileSize: /^a file has at most (?<most>\d+) MB(?:; .+)?$/,
  unpackedSize: /^the file unpacks to more than (?<most>\d+) MB; .+$/,
  rows: /^the file has more than (?<most>\d+) rows; .+$/,
  quote:
    /^(?:in the row that begins on line (?<line>\d+) a quote is opened and not closed, .+|a quote is opened in the row that begins on line (?<from>\d+) and never closed)$/,
  mostColumns: /^the header \(line 1\) has (?<columns>\d+) columns; at most (?<most>\d+) are read$/,
  twice: /^the header \(line 1\) has (?<columns>.+) more than once; rename one$/,
  longRow: /^the row that begins on line (?<line>\d+) is longer than (?<most>\d+) characters; .+$/,
  brokenRow: /^the row that begins on line (?<line>\d+) cannot be read: (?<detail>.+)$/,
  needsDate: /^a register needs the date on which it was so: .+$/,
  noSuchDate: /^"(?<value>.*)" is no date such as .+$/,
  oldSnapshot:
    /^this is a snapshot of (?<date>\S+), but the one of (?<newest>\S+) of the region "(?<region>.*)" was imported before; .+$/,
  otherRegion:
    /^(?<missing>\d+) of the (?<rows>\d+) buildings of the region "(?<region>.*)" are not in this file; .+$/,
  noneGone:
    /^missing from this snapshot: (?<missing>\d+) of the buildings of the earlier ones\. Its rows that cannot be read: (?<rows>\d+)\. .+$/,
  notKept: /^the previewed file is not kept any more; .+$/,
  ofRequests: /^this mapping is of requests; .+$/,
  locked: /^the file has a password; .+$/,
  nested: /^the file holds another archive; .+$/,
  xlsx: /^(?:the XLSX file|an XLSX file may have|a part of the file has a name that leads out of it;) .+$/,
  zip: /^this is a ZIP file, not an XLSX workbook; .+$/,
  unread: /^the file could not be read(?:; nothing was stored)?$/,
  unreadable: /^(?<file>\S+) cannot be read: (?<detail>.+)$/,
  changed: /^(?<file>\S+) changed while it was read; .+$/,
  brokenOff: /^the connection broke off; .+$/,
  busy: /^\d+ (?:batches are being stored|others are being read); .+$/,
  slow: /^the body took too long; .+$/,
  full: /^the disk is nearly full; .+$/,
  zone: /^times of the file are of (?<zone>\S+); the city of this data folder \(.+\) is shown in (?<shown>\S+)$/,
  said: /^(?<id>.+) is in the log already and says something else there$/,
  noGeometry: /^is missing$/,
  noPolygon: /^is neither a Polygon nor a MultiPolygon$/,
  noRings: /^has no rings$/,
  mostRings: /^has more than (?<most>\d+) rings$/,
  noRing: /^has a ring that is no list of positions$/,
  noPosition: /^has a position that is not two finite numbers$/,
  fewPositions: /^has a ring of fewer than four positions$/,
  mostPositions: /^has a ring of more than (?<most>\d+) positions$/,
  notClosed: /^has a ring that is not closed: .+$/,
  crosses: /^has a ring that crosses itself$/,
  noArea: /^has a ring that encloses no area$/,
  holeOutside: /^has a hole outside its outer ring$/,
  partInside: /^has one part inside another$/,
  reachesOut: /^reaches out of the city$/,
  swapped: /^has latitude before longitude; .+$/,
  noDegrees: /^is not in degrees; .+$/,
  away: /^lies outside the city, (?<km>\d+) km from its centre$/,
  largeFeature: /^is larger than (?<most>\d+) MB; not read$/,
  deepFeature: /^is nested more than (?<most>\d+) deep; not read$/,
  brokenFeature: /^is no JSON: (?<detail>.+)$/,
  noFeature: /^is no object$/,
  notBefore: /^was not there before$/,
  ofMany: /^holds the points of (?<rows>\d+) buildings \((?<id>.+)\); give the id of its own$/,
  noHome: /^is no dwelling(?:: its| by its) "(?<column>.+?)"(?: says so)?$/,
  maybeNoHome: /^is no dwelling as far as it says: .+$/,
  ofNobody: /^is of no building of the register, by id, address or point$/,
  ofAnother: /^is another outline of a building that has a better one, .+$/,
} as const

export type ReasonCode = keyof typeof REASONS
type Said =
  | 'most'
  | 'form'
  | 'fields'
  | 'cells'
  | 'header'
  | 'id'
  | 'column'
  | 'why'
  | 'missing'
  | 'columns'
  | 'needed'
  | 'rows'
  | 'line'
  | 'value'
  | 'detail'
  | 'file'
  | 'bytes'
  | 'from'
  | 'zone'
  | 'shown'
  | 'date'
  | 'newest'
  | 'region'
  | 'km'
export interface Reason {
  code: ReasonCode
  params: { readonly [said in Said]?: string }
}

/** Undefined where nobody has words for it: then it is shown as it is told. */
export function reasonOf(told: string): Reason | undefined {
  for (const [code, pattern] of Object.entries(REASONS)) {
    const found = pattern.exec(told)
    if (!found) continue
    const params = Object.entries(found.groups ?? {}).map(([name, text]) => [name, text ?? ''])
    return { code: code as ReasonCode, params: Object.fromEntries(params) }
  }
  return undefined
}
