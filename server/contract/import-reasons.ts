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
  fileSize: /^a file has at most (?<most>\d+) MB; .+$/,
  unpackedSize: /^the file unpacks to more than (?<most>\d+) MB; .+$/,
  rows: /^the file has more than (?<most>\d+) rows; .+$/,
  quote:
    /^(?:in the row that begins on line (?<line>\d+) a quote is opened and not closed, .+|a quote is opened in the row that begins on line (?<from>\d+) and never closed)$/,
  xlsx: /^the XLSX file .+$/,
  zip: /^this is a ZIP file, not an XLSX workbook; .+$/,
  unread: /^the file could not be read$/,
  zone: /^times of the file are of (?<zone>\S+); the city of this data folder \(.+\) is shown in (?<shown>\S+)$/,
  said: /^(?<id>.+) is in the log already and says something else there$/,
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
