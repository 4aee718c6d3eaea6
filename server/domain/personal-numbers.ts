const weighed = (digits: string, weights: readonly number[]) =>
  weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0)
const FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const SECOND = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]

/** The number of a request often begins with its year and month; that of a person by chance. */
export const startsWithMonth = (digits: string): boolean =>
  /^20[12]\d(?:0[1-9]|1[0-2])/.test(digits)

/** Kazakhstan: date of birth, century and sex, check digit by two rounds of weights. A legal person's BIN has no day there. */
export function isIin(digits: string): boolean {
  const [month, day] = [Number(digits.slice(2, 4)), Number(digits.slice(4, 6))]
  if (month < 1 || month > 12 || day < 1 || day > daysOf(month) || Number(digits[6]) > 6)
    return false
  const first = weighed(digits, FIRST) % 11
  const check = first === 10 ? weighed(digits, SECOND) % 11 : first
  return check === Number(digits[11])
}
const daysOf = (month: number) => (month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31)

/** Russia, twelve digits: two check digits. A legal person's has ten. */
export function isPersonalInn(digits: string): boolean {
  const eleventh = (weighed(digits, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10
  const twelfth = (weighed(digits, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10
  return eleventh === Number(digits[10]) && twelfth === Number(digits[11])
}

/** Russia: nine digits weighed 9 to 1, modulo 101; 100 is written 00. */
export const isSnils = (digits: string): boolean =>
  Number(digits.slice(0, 9)) > 1_001_998 &&
  (weighed(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100 === Number(digits.slice(9))

/** Payment cards of sixteen digits after Luhn, of the ranges that banks issue: none begins as a year does. */
export function isCard(digits: string): boolean {
  if (!/^(?:2[2-7]|35|[456]\d)\d{14}$/.test(digits)) return false
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
