const LOOKALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  i: 'і',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
}
const KAZAKH: Readonly<Record<string, string>> = {
  ә: 'а',
  ғ: 'г',
  қ: 'к',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
}

/** Lower case, one е, one dash, no quotes; Latin letters that look Cyrillic become so inside Cyrillic words and beside digits. */
export function plain(text: string): string {
  return (
    text
      .replaceAll('№', ' ')
      // NFKC would write the sign as three dots.
      .replaceAll(/[^…]+/g, (part) => part.normalize('NFKC'))
      .toLowerCase()
      .replaceAll('ё', 'е')
      .replace(/[«»"'“”„‟’`#*~]/g, ' ')
      .replace(/[‐-―−_]/g, '-')
      .replaceAll('\\', '/')
      .replace(/[\p{L}\p{M}]+/gu, (word, at: number, whole: string) =>
        isDisguised(word, at, whole) ? word.replace(/[a-z]/g, (l) => LOOKALIKES[l] ?? l) : word,
      )
  )
}

const isDisguised = (word: string, at: number, whole: string) =>
  /[a-z]/.test(word) &&
  (/\p{Script=Cyrillic}/u.test(word) ||
    (word.length === 1 &&
      (/[\d/-]\s?$/.test(whole.slice(0, at)) || /\p{Script=Cyrillic}/u.test(whole))))

/** As a keyboard without Kazakh letters writes it: two words that become one this way may be two streets. */
export const russified = (word: string) => word.replace(/[әғқңөұүһі]/g, (l) => KAZAKH[l] ?? l)
