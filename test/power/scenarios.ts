import type { Evaluation, Leveled } from '#server/stats/levels.ts'
import type { Scenario } from './city.ts'
import type { Counted } from './draw.ts'

export type Measure = Counted | 'pace'

/** Who is called out by a rule, by number. */
export type Rule = (evaluation: Evaluation<Measure>) => Set<number>

export interface Row extends Scenario {
  what: string
  rule: string
  measures: readonly Measure[]
  flagged: Rule
  /** Least precision, share of flags with a true ratio of 1.25 or more, and recall. */
  required?: { precision: number; material: number; recall: number }
  /** Of a city in which nobody is bad: at most so many flags an evaluation, or evaluations with any flag. */
  atMost?: { flags: number } | { evaluations: number }
}

const TAU = 0.15
const TAU_TIME = 0.077
const nobodyBad = { bad: 0, oddsRatio: 1, timeRatio: 1 }
const ordinary: Scenario = {
  ...{ name: '', bad: 15, tau: TAU, tauTime: TAU_TIME, oddsRatio: 1, timeRatio: 1 },
}

const by =
  (measure: Measure, met: (unit: Leveled) => boolean): Rule =>
  ({ measures }) =>
    new Set(
      measures
        .filter((of) => of.measure === measure)
        .flatMap(({ units }) => units.filter(met).map(({ unit }) => unit)),
    )
const union =
  (...rules: Rule[]): Rule =>
  (evaluation) =>
    new Set(rules.flatMap((rule) => [...rule(evaluation)]))
const a = ({ inspectA }: Leveled) => inspectA
const aOrB = ({ inspectA, inspectB }: Leveled) => inspectA || inspectB
/** By any measure of the product. */
const anybody = (met: (unit: Leveled) => boolean): Rule =>
  union(by('reopened', met), by('late', met), by('pace', met))
const c: Rule = ({ composite }) =>
  new Set(composite?.units.filter(({ inspectC }) => inspectC).map(({ unit }) => unit))

/** Section 12 of the method; and (*) the same bounds of a whole evaluation of the product, of all its measures. */
export const ROWS: readonly Row[] = [
  {
    ...{ ...ordinary, name: 'K', oddsRatio: 1.5, timeRatio: 1.4 },
    ...{ what: 'returns odds ×1.5 and times ×1.4', rule: 'inspect A or C' },
    measures: ['reopened', 'late'],
    flagged: union(by('reopened', a), by('late', a), c),
    required: { precision: 0.9, material: 0.99, recall: 0.88 },
  },
  {
    ...{ ...ordinary, name: 'H', timeRatio: 1.4 },
    ...{ what: 'late, times ×1.4', rule: 'inspect A' },
    measures: ['late'],
    flagged: by('late', a),
    required: { precision: 0.93, material: 0.99, recall: 0.77 },
  },
  {
    ...{ ...ordinary, name: 'E', oddsRatio: 2 },
    ...{ what: 'returns odds ×2.0', rule: 'inspect A' },
    measures: ['reopened'],
    flagged: by('reopened', a),
    required: { precision: 0.94, material: 0.99, recall: 0.8 },
  },
  {
    ...{ ...ordinary, name: 'B', tau: 0.1, oddsRatio: 1.5 },
    ...{ what: 'returns odds ×1.5, companies more alike', rule: 'inspect A' },
    measures: ['reopened'],
    flagged: by('reopened', a),
    required: { precision: 0.94, material: 0.97, recall: 0.48 },
  },
  {
    ...{ ...ordinary, name: 'A', oddsRatio: 1.5 },
    ...{ what: 'returns odds ×1.5', rule: 'inspect A or B' },
    measures: ['reopened'],
    flagged: by('reopened', aOrB),
    required: { precision: 0.77, material: 0.97, recall: 0.4 },
  },
  {
    ...{ ...ordinary, name: 'C', tau: 0, oddsRatio: 1.5 },
    ...{ what: 'returns odds ×1.5, companies alike', rule: 'inspect A or B' },
    measures: ['reopened'],
    flagged: by('reopened', aOrB),
    required: { precision: 0.98, material: 0.98, recall: 0.77 },
  },
  {
    ...{ ...ordinary, name: 'T1', timeRatio: 1.4 },
    ...{ what: 'pace, times ×1.4', rule: 'q ≤ .05 of O/E' },
    measures: ['pace'],
    flagged: by('pace', ({ q, insufficient }) => !insufficient && q <= 0.05),
    required: { precision: 0.93, material: 0.97, recall: 0.71 },
  },
  {
    ...{ ...ordinary, ...nobodyBad, name: 'G' },
    ...{ what: 'nobody bad', rule: 'inspect A' },
    measures: ['reopened'],
    flagged: by('reopened', a),
    atMost: { flags: 0.8 },
  },
  {
    ...{ ...ordinary, ...nobodyBad, name: 'G2', tau: 0 },
    ...{ what: 'nobody bad, companies alike', rule: 'inspect A or B' },
    measures: ['reopened'],
    flagged: by('reopened', aOrB),
    atMost: { evaluations: 0.07 },
  },
  {
    ...{ ...ordinary, ...nobodyBad, name: 'G*' },
    ...{ what: 'nobody bad, every measure', rule: 'inspect A' },
    measures: ['reopened', 'late', 'pace'],
    flagged: anybody(a),
    atMost: { flags: 0.8 },
  },
  {
    ...{ ...ordinary, ...nobodyBad, name: 'G2*', tau: 0, tauTime: 0 },
    ...{ what: 'nobody bad, companies alike, every measure', rule: 'inspect A or B' },
    measures: ['reopened', 'late', 'pace'],
    flagged: anybody(aOrB),
    atMost: { evaluations: 0.07 },
  },
]
