/** Case endings of Kazakh: they follow the last spoken word, and a number has one only when it is read aloud. */
export type Case = 'dative' | 'ablative' | 'locative'
type Endings = readonly [dative: string, ablative: string, locative: string]

const AT: Readonly<Record<Case, 0 | 1 | 2>> = { dative: 0, ablative: 1, locative: 2 }

const SOFT: Endings = ['ге', 'ден', 'де']
const SOFT_DEAF: Endings = ['ке', 'тен', 'те']
const HARD: Endings = ['ға', 'дан', 'да']
const HARD_DEAF: Endings = ['қа', 'тан', 'та']
const HARD_NASAL: Endings = ['ға', 'нан', 'да']
const SOFT_NASAL: Endings = ['ге', 'нен', 'де']

/** нөл бір екі үш төрт бес алты жеті сегіз тоғыз */
const UNITS = [SOFT, SOFT, SOFT, SOFT_DEAF, SOFT_DEAF, SOFT_DEAF, HARD, SOFT, SOFT, HARD]
/** он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан */
const TENS = [
  SOFT,
  HARD_NASAL,
  HARD,
  HARD,
  HARD_DEAF,
  SOFT,
  HARD_DEAF,
  SOFT_DEAF,
  SOFT_NASAL,
  HARD_NASAL,
]

/** Shortened words are said whole: an ending does not hold on to a piece of a word. */
const WORDS: Readonly<Record<string, readonly [whole: string, endings: Endings]>> = {
  қаң: ['қаңтар', HARD],
  ақп: ['ақпан', HARD_NASAL],
  нау: ['наурыз', HARD],
  сәу: ['сәуір', SOFT],
  мам: ['мамыр', HARD],
  мау: ['маусым', HARD_NASAL],
  шіл: ['шілде', SOFT],
  там: ['тамыз', HARD],
  қыр: ['қыркүйек', SOFT_DEAF],
  қаз: ['қазан', HARD_NASAL],
  қар: ['қараша', HARD],
  жел: ['желтоқсан', HARD_NASAL],
  с: ['секунд', HARD_DEAF],
  мин: ['минут', HARD_DEAF],
  сағ: ['сағат', HARD_DEAF],
  күн: ['күн', SOFT_NASAL],
  ай: ['ай', HARD],
  жыл: ['жыл', HARD],
}

/** `15:16` to `15:16-ға`, `3 жел` to `3 желтоқсанға`, `1 қаз 2014` to `2014 ж. 1 қазанға`; what it cannot read stays. */
export function inCase(text: string, which: Case): string {
  const dated = /^(\d+)\s(\p{L}+)\s(\d{4})$/u.exec(text)
  const ended = dated ? `${dated[3]}\u00a0ж. ${dated[1]}\u00a0${dated[2]}` : text
  const [word] = /\p{L}+$/u.exec(ended) ?? []
  if (word) {
    const known = Object.entries(WORDS).find(
      ([short, [whole]]) => word === short || word === whole,
    )?.[1]
    if (!known) return text
    return `${ended.slice(0, -word.length)}${known[0]}${known[1][AT[which]]}`
  }
  const [digits] = /\d+$/.exec(ended) ?? []
  return digits ? `${ended}-${endingsOf(digits)[AT[which]]}` : text
}

function endingsOf(digits: string): Endings {
  const number = Number(digits)
  const unit = number % 10
  const ten = Math.floor(number / 10) % 10
  if (unit !== 0) return UNITS[unit] ?? SOFT
  if (ten !== 0) return TENS[ten] ?? SOFT
  return number !== 0 && number % 1000 === 0 ? HARD_NASAL : SOFT
}
