const LEAST = 0.001

/** How many organizations would lie so far without a cause: none is never said of a number that is only small. */
export const thisFarText = (count: number, number: (value: number, digits: number) => string) =>
  count < LEAST ? `< ${number(LEAST, 3)}` : number(count, count < 0.1 ? 3 : 1)
