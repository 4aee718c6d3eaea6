/** Requests of one unit (an organization) in one stratum, and how many of them had the event. */
export interface Cell {
  unit: number
  stratum: string
  n: number
  events: number
}

export interface Standardised {
  unit: number
  n: number
  observed: number
  /** What the city's average would have had on the same mix. */
  expected: number
  /** Binomial variance of that expectation. */
  variance: number
  /** Share of its own requests in what it is compared with, 0 to 1; at 1 nobody else has such requests. */
  ownShare: number
}

/**
 * Indirect standardisation by strata (Breslow and Day 1987): r = city rate of the stratum, E = Σ n r, V = Σ n r (1 − r).
 * The unit itself is part of the city, which draws E towards O, so the sums of O and E over all units are equal;
 * `ownShare` tells by how much. Cells of several rows add up.
 */
export function standardise(cells: readonly Cell[]): Standardised[] {
  const strata = new Map<string, { n: number; events: number }>()
  for (const { stratum, n, events } of cells) {
    const sum = strata.get(stratum) ?? { n: 0, events: 0 }
    strata.set(stratum, { n: sum.n + n, events: sum.events + events })
  }
  const own = new Map<string, number>()
  const place = (cell: Cell) => `${cell.unit} ${cell.stratum}`
  for (const cell of cells) own.set(place(cell), (own.get(place(cell)) ?? 0) + cell.n)

  const units = new Map<number, Standardised>()
  for (const cell of cells) {
    const city = strata.get(cell.stratum)
    if (!city || city.n === 0) continue
    const rate = city.events / city.n
    const unit = units.get(cell.unit) ?? {
      unit: cell.unit,
      n: 0,
      observed: 0,
      expected: 0,
      variance: 0,
      ownShare: 0,
    }
    unit.n += cell.n
    unit.observed += cell.events
    unit.expected += cell.n * rate
    unit.variance += cell.n * rate * (1 - rate)
    unit.ownShare += (cell.n * (own.get(place(cell)) ?? 0)) / city.n
    units.set(cell.unit, unit)
  }
  return [...units.values()].map((unit) => ({
    ...unit,
    ownShare: unit.n === 0 ? 0 : unit.ownShare / unit.n,
  }))
}
