export default {
  dayHint: 'YYYY-MM-DD',
  timeHint: 'YYYY-MM-DD or YYYY-MM-DD HH:MM',
  dayWrong: 'This is no date. Write it so: {{example}}.',
  cancel: 'Cancel',
  refused: 'Not recorded: {{why}}',
  wait_one:
    'too many wrong codes from this address: the code is looked at again in {{n}} second, or at once from another computer.',
  wait_other:
    'too many wrong codes from this address: the code is looked at again in {{n}} seconds, or at once from another computer.',
  personal:
    'the text looks as if it held {{what}} (…{{end}}). Write it without: it is kept for long and everybody reads it.',
  masked:
    '(part of the name is not shown: its source wrote what looks like somebody’s contact or identity number)',
  looksLike: {
    email: 'an e-mail address',
    handle: 'an account of a messenger',
    phone: 'a phone number',
    iin: 'a personal number (IIN)',
    inn: 'a personal taxpayer number (INN)',
    snils: 'a social insurance number (SNILS)',
    card: 'a bank card number',
    document: 'the number of an identity document',
    doorCode: 'the code of a door',
  },
}
