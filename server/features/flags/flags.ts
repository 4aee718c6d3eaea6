import type { Filter } from '#server/contract/filter.ts'
import { EVALUATED, flagIdOf } from '#server/contract/flags.ts'
import type { Level } from '#server/contract/measures/shape.ts'
import { isAuthority } from '#server/domain/addressees.ts'
import { flagBook, flagEvents } from '#server/judgement/flag-book.ts'
import type { Evaluation } from '#server/judgement/kept.ts'
import { rulesOf } from '#server/stats/comparison.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { courseOf } from './course.ts'
import { flagOf, type Raised } from './flag-figures.ts'
import { countedMonth } from './run.ts'
import { timesOf } from './story.ts'

const bookOf = ({ log, judging }: Context) => flagBook(log, judging.policies)

/** Of two measures together those that they call out, or of whom something stands (`told`). */
const raisedBy = (
  evaluation: Evaluation,
  context: Context,
  told: { has(flag: string): boolean },
): Raised[] => [
  ...EVALUATED.flatMap((name) =>
    evaluation.measures[name].units.map((unit) => ({
      measure: evaluation.measures[name],
      unit,
      flagged: name,
    })),
  ),
  ...evaluation.composite.flatMap((one): Raised[] => {
    const id = context.registry.organization(one.unit)?.id
    if (!one.together && (id === undefined || !told.has(flagIdOf('composite', id)))) return []
    const measure = evaluation.measures[one.measure]
    const unit = measure.units.find(({ unit }) => unit === one.unit)
    return unit ? [{ measure, unit, flagged: 'composite' }] : []
  }),
]

const URGENCY: readonly Level[] = ['inspect', 'watch', 'good', 'insufficient', 'none']

interface KeptList {
  evaluation: Evaluation
  /** Flag events and registry that it knows. */
  events: number
  registry: number
  answer: ReturnType<typeof listed>
}
const lists = new WeakMap<Context['log'], KeptList>()

/** Everybody who is not as expected, most urgent first, then by how far beyond; the same until something is said or renamed. */
export async function flags(context: Context) {
  const evaluation = await context.judging.evaluation(context)
  const { log, registry } = context
  const now = { evaluation, events: flagEvents(log).length, registry: registry.revision() }
  const kept = lists.get(log)
  if (
    kept?.evaluation === evaluation &&
    kept.events === now.events &&
    kept.registry === now.registry
  )
    return { ...kept.answer, counted: countedMonth(context) }
  const answer = listed(context, evaluation)
  lists.set(log, { ...now, answer })
  /** The month that is being counted: what stands may change with it. */
  return { ...answer, counted: countedMonth(context) }
}

/** Most that a panel shows of them. */
const FIRST = 5

/** How many ask for an inspection, how many are raised at all, and the most urgent of these: what every page shows. */
export async function raised(context: Context) {
  const { flags: all } = await flags(context)
  const beyond = all.filter(({ level }) => level === 'inspect' || level === 'watch')
  return {
    inspect: all.filter(({ level }) => level === 'inspect').length,
    raised: beyond.length,
    first: beyond.slice(0, FIRST),
  }
}

function listed(context: Context, evaluation: Evaluation) {
  const book = bookOf(context)
  const all = raisedBy(evaluation, context, book.standing).flatMap((one) =>
    flagOf(context, evaluation, book, one),
  )
  const shown = all.filter(
    ({ level, organization }) => level !== 'none' && !isAuthority(organization),
  )
  shown.sort(
    (a, b) =>
      URGENCY.indexOf(a.level) - URGENCY.indexOf(b.level) ||
      (a.level === 'good'
        ? a.figures.upper - b.figures.upper
        : b.figures.lower - a.figures.lower) ||
      (a.id < b.id ? -1 : 1),
  )
  const { period, revision, policy, inForce, tested } = evaluation
  return {
    period: all.length === 0 ? null : period,
    revision,
    rules: rulesOf(policy),
    /** Whether the policy held when the period began; without, nobody is flagged. */
    inForce,
    /** Policies that were first seen after the day from which they say to hold. */
    late: context.judging.policies.all.flatMap(({ version, validFrom, lateOn }) =>
      lateOn ? [{ version, validFrom, seenOn: lateOn }] : [],
    ),
    tested,
    flags: shown.map(listedFlag),
  }
}

/** What all have in common, and what only a sheet tells, would be half of the list. */
const listedFlag = ({
  rules: _,
  policy: __,
  rests: ___,
  rows,
  ...flag
}: ReturnType<typeof flagOf>[number]) => ({
  ...flag,
  rows: { events: chosenIn(rows.events) },
})

/** A filter without what chooses nothing. */
const chosenIn = (filter: Filter): Partial<Filter> =>
  Object.fromEntries(
    Object.entries(filter).filter(([, chosen]) => !Array.isArray(chosen) || chosen.length > 0),
  )

/** One flag with what it rests on. An organization that is as expected has a sheet too: a flag may be withdrawn. */
export async function flag(context: Context, id: string) {
  const evaluation = await context.judging.evaluation(context)
  const book = bookOf(context)
  const all = raisedBy(evaluation, context, { has: (one) => one === id || book.standing.has(one) })
  const organization = context.registry.organizationById(id.slice(id.indexOf('.') + 1))
  const own = all
    .filter(({ unit }) => unit.unit === organization?.key)
    .flatMap((one) => flagOf(context, evaluation, book, one))
  // What two measures together called out stays reachable when they no longer do.
  const found = own.find((one) => one.id === id) ?? (id.startsWith('composite.') ? own[0] : null)
  if (!found || !organization)
    throw new Refusal(
      'NOT_FOUND',
      `there is no flag "${id}": its organization has nothing that could be judged; see the list of flags`,
    )
  return {
    ...found,
    counted: countedMonth(context),
    others: own.filter((other) => other !== found && other.flagged !== 'composite'),
    tested: evaluation.tested,
    times: timesOf(context, evaluation.policy, courseOf(context, found.id)),
  }
}
