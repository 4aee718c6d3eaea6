import type { OutageLine, Running } from './answers.ts'

type Emergency = Running['rows'][number]
/** A clock of the panel: an outage or an emergency. */
export type Trouble = { key: string; registeredAt: number; dueAt: number | null } & (
  | { outage: OutageLine; emergency?: never }
  | { emergency: Emergency; outage?: never }
)

/**
 * What keeps people without something now, at most so many rows: suspected outages, announced ones past their promise, emergencies
 * past their limit, then what is still in time. However many outages there are, the worst late emergency has a row.
 */
export function troublesOf(
  lines: readonly OutageLine[],
  emergencies: readonly Emergency[],
  now: number,
  rows: number,
): Trouble[] {
  const outages = lines.map(
    (outage): Trouble => ({
      key: outage.id,
      registeredAt: outage.since,
      dueAt: outage.announced?.promised ?? null,
      outage,
    }),
  )
  const of = (state: OutageLine['state']) => outages.filter(({ outage }) => outage?.state === state)
  const urgent = emergencies.map(
    (emergency): Trouble => ({ ...emergency, key: emergency.number, emergency }),
  )
  const isLate = ({ dueAt }: Trouble) => dueAt !== null && dueAt < now
  const inTime = (trouble: Trouble) => !isLate(trouble)
  const inForce = of('in_force')
  const late = urgent.filter(isLate)
  const first = [...of('suspected'), ...inForce.filter(isLate)].slice(
    0,
    late.length > 0 ? rows - 1 : rows,
  )
  return [
    ...first,
    ...late.slice(0, 1),
    ...inForce.filter(inTime),
    ...late.slice(1),
    ...urgent.filter(inTime),
  ].slice(0, rows)
}
