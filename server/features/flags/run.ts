import type { DomainEvent } from '#server/contract/events.ts'
import type { FlagLevel } from '#server/contract/flags.ts'
import { evaluations, flagEvents, standings, stepsOf } from '#server/judgement/flag-book.ts'
import type { Inputs } from '#server/judgement/inputs.ts'
import { type Evaluation, type EvaluationContext, evaluateAt } from '#server/judgement/kept.ts'
import type { Policy } from '#server/judgement/policy.ts'
import { dayOf } from '#server/store/within.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { canonicalDossier, dossierHash } from './dossier.ts'
import type { DossierFacts } from './dossier-facts.ts'
import { dossierFacts } from './dossier-gather.ts'
import { type Found, findingsOf } from './findings.ts'
import { withinId } from './step-id.ts'
import { lastMonth, monthlyPeriod, monthName, monthNumber, storyOf } from './story.ts'

/** The source of what the evaluation says. */
export const EVALUATION_SOURCE = 'evaluation'
/** Months of a history that were never evaluated, at most. */
const CATCH_UP = 3
/** An evaluation so long after its cut was made afterwards. */
const AFTERWARDS_MS = 3 * 86_400_000
const TRIES = 5

export type RunContext = EvaluationContext & Pick<Context, 'judging' | 'norms' | 'newId'>

export interface Run {
  /** Months evaluated now; those that had been were left alone. */
  months: string[]
  proposed: string[]
  issued: string[]
  withdrawn: string[]
  /** Why a month was not evaluated. */
  refused: string[]
}

/**
 * The monthly evaluations that are due: proposed, issued and withdrawn flags are appended to the log with what they rest on.
 * A month is evaluated once; running again changes nothing.
 */
export function evaluateMonths(context: RunContext): Promise<Run> {
  // The night and a person may ask at once: one after the other, and the second finds nothing to do.
  const before = running.get(context.log) ?? Promise.resolve()
  const mine = before.then(
    () => evaluateDue(context),
    () => evaluateDue(context),
  )
  running.set(context.log, mine)
  return mine
}
const running = new WeakMap<RunContext['log'], Promise<unknown>>()
/** Logs whose months somebody is about to evaluate, or evaluates. */
const expected = new WeakSet<RunContext['log']>()

/** Said before a night begins: until the months are evaluated, what is due is being counted. */
export const expectMonths = ({ log }: Pick<Context, 'log'>) => void expected.add(log)
/** There is no night any more for which anybody would wait. */
export const forgetMonths = ({ log }: Pick<Context, 'log'>) => void expected.delete(log)

/** The month that is due and being counted: until then a flag may stand otherwise than its figures say. Null where none is. */
export function countedMonth(context: Pick<Context, 'log' | 'now' | 'city'>): string | null {
  if (!expected.has(context.log)) return null
  const last = lastMonth(context.now(), context.city.zone)
  const known = evaluations(flagEvents(context.log))
  return known.has(monthName(last)) ? null : monthName(last)
}

async function evaluateDue(context: RunContext): Promise<Run> {
  const run: Run = { months: [], proposed: [], issued: [], withdrawn: [], refused: [] }
  const { zone } = context.city
  const last = lastMonth(context.now(), zone)
  const known = evaluations(flagEvents(context.log))
  const latest = Math.max(...Array.from(known.keys(), monthNumber), last - CATCH_UP)
  for (let month = latest + 1; month <= last; month++) {
    if (!(await hasHistory(context, month))) continue
    await evaluateMonth(context, month, run)
  }
  return run
}

/** A year of which most was never told would judge by what is missing. */
async function hasHistory({ engine, city }: RunContext, month: number): Promise<boolean> {
  const { from, to } = monthlyPeriod(month, city.zone)
  const [row] = await engine.query(
    'SELECT min(registered_on) AS first FROM request WHERE test = false AND registered_on >= 0',
  )
  const first = row?.first
  return typeof first === 'number' && first <= dayOf(from) + (dayOf(to) - dayOf(from)) / 4
}

async function evaluateMonth(context: RunContext, month: number, run: Run): Promise<void> {
  const { log, judging, city, now } = context
  const name = monthName(month)
  const period = monthlyPeriod(month, city.zone)
  const { policy, inForce } = judging.policies.of(period.from)
  if (!inForce) {
    run.refused.push(
      `${name}: its year began on ${period.from}, before any policy held (the first holds from ${policy.validFrom}); nobody is flagged by rules that came later`,
    )
    return
  }
  refuseRewritten(flagEvents(log), policy)
  const { evaluation, tables } = await standing(context, month)
  const before = standings(flagEvents(log), judging.policies)
  const found = findingsOf(context, evaluation, before)
  const told = {
    ...{ occurredAt: period.cut, source: EVALUATION_SOURCE, actor: { party: 'system' as const } },
  }
  const afterwards = now() - period.cut > AFTERWARDS_MS
  const base = {
    cut: period.cut,
    policy: { version: policy.version, hash: policy.hash },
    ...{ head: evaluation.head, inputs: evaluation.inputs },
    ...(afterwards && { afterwards: true as const }),
  }
  const events: DomainEvent[] = [
    {
      ...{ type: 'flag.evaluated', id: `${EVALUATION_SOURCE}:${name}`, ...told, month: name },
      ...{ ...base, findings: found.map(({ finding }) => finding) },
    },
  ]
  const list = { proposed: [] as string[], issued: [] as string[], withdrawn: [] as string[] }
  for (const one of found) {
    const { flag } = one.finding
    const { organization, flagged } = one
    const { steps } = stepsOf(before, one.finding, name, policy)
    const about = { flag, organization, measure: flagged, ...base }
    for (const { step, reason } of steps) {
      const id = `${EVALUATION_SOURCE}:${name}:${step}:${withinId(flag)}`
      if (step === 'proposed' || step === 'issued') {
        const level = LEVELS[one.path ?? 'a']
        const facts = await factsOf(context, { evaluation, tables, month, afterwards }, one, step)
        const dossier = dossierHash(facts)
        judging.evidence.write(dossier, canonicalDossier(facts))
        events.push({ type: `flag.${step}`, id, ...told, ...about, dossier, level })
        list[step].push(flag)
      } else if (step === 'withdrawn' && reason !== null && reason !== 'quiet') {
        const dossier = lastDossier(context, flag)
        if (dossier) events.push({ type: 'flag.withdrawn', id, ...told, ...about, dossier, reason })
        list.withdrawn.push(flag)
      }
    }
  }
  await log.append(events)
  run.months.push(name)
  for (const step of ['proposed', 'issued', 'withdrawn'] as const) run[step].push(...list[step])
}

/** Rules are published before their period: those by which somebody was judged change under another version, never under their own. */
function refuseRewritten(events: ReturnType<typeof flagEvents>, { version, hash }: Policy): void {
  const other = events.find(
    (event) => 'policy' in event && event.policy.version === version && event.policy.hash !== hash,
  )
  if (other && 'policy' in other)
    throw new Refusal(
      'CONFLICT',
      `policy ${version} was rewritten: the log has judged by one with sha256 ${other.policy.hash}, the file has ${hash}; put the old file back into policy/ of the data folder, and give the new one a version and a valid-from of its own. Nothing was evaluated`,
    )
}

const LEVELS: Record<'a' | 'b' | 'c', FlagLevel> = { a: 'inspectA', b: 'inspectB', c: 'inspectC' }

/** Evaluated from facts that held still meanwhile: what comes in is of today, and rarely of the judged year. */
async function standing(context: RunContext, month: number) {
  const period = monthlyPeriod(month, context.city.zone)
  for (let left = TRIES; ; left--) {
    const found = await evaluateAt(context, period)
    const { revision } = found.evaluation
    if (left === 0 || context.engine.changedFrom(revision) >= dayOf(period.to)) return found
  }
}

export interface Evaluated {
  evaluation: Evaluation
  tables: Inputs
  month: number
  afterwards: boolean
}

/** Everything that the dossier says of what was found, at the step at which it is said. */
export function factsOf(
  context: Pick<Context, 'engine' | 'registry' | 'now' | 'city' | 'norms' | 'log'>,
  { evaluation, tables, month, afterwards }: Evaluated,
  { finding, flagged, measure, path, organization: id }: Found,
  step: 'proposed' | 'issued',
): Promise<DossierFacts> {
  const organization = context.registry.organizationById(id)
  if (!organization) throw new Error(`no organization ${id}`)
  const { period, policy, head } = evaluation
  const proposedAt =
    step === 'proposed' ? period.cut : proposalBefore(context, finding.flag, period.cut)
  // Its days of reply were over before it was told.
  const awaitsReply = !afterwards && (step === 'proposed' || proposedAt === period.cut)
  return dossierFacts(context, {
    ...{ flag: finding.flag, flagged, measure, path, organization, level: finding.level },
    ...{ inputs: tables, figures: evaluation, restarts: evaluation.restarts, policy, period, head },
    afterwards,
    ...storyOf(context, policy, { month, proposedAt, awaitsReply }),
  })
}

/** The cut of the proposal that stands before another cut; itself where it is issued at once. */
function proposalBefore({ log }: Pick<Context, 'log'>, flag: string, cut: number): number {
  const told = flagEvents(log).filter(
    (event) => 'flag' in event && event.flag === flag && event.occurredAt < cut,
  )
  const last = told.findLast(({ type }) => type === 'flag.proposed' || type === 'flag.withdrawn')
  return last?.type === 'flag.proposed' ? last.cut : cut
}

function lastDossier({ log }: Pick<Context, 'log'>, flag: string): string | undefined {
  const last = flagEvents(log).findLast(
    (event) =>
      (event.type === 'flag.proposed' || event.type === 'flag.issued') && event.flag === flag,
  )
  return last && 'dossier' in last ? last.dossier : undefined
}
