import { z } from 'zod'
import { EVERYTHING } from '#server/contract/filter.ts'
import { EVALUATED, type Evaluated, FLAGGED } from '#server/contract/flags.ts'
import type { Language } from '#server/contract/vocabulary.ts'
import { readInputs } from '#server/judgement/inputs.ts'
import { asksOf, integrityOf } from '#server/judgement/integrity.ts'
import { frozen } from '#server/judgement/period.ts'
import { ask } from '#server/store/ask.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { courseOf, type Step, standingOf } from './course.ts'
import { dossierOf, sheetsHash, withLoss } from './dossier.ts'
import { courseSection } from './dossier-course.ts'
import { dossierFacts } from './dossier-gather.ts'
import type { Dossier, Section } from './dossier-model.ts'

type Asked = Pick<
  Context,
  'engine' | 'registry' | 'now' | 'city' | 'norms' | 'log' | 'judging' | 'report'
>

type Lost = 'missing' | 'damaged'

interface Served {
  dossier: Dossier
  /** SHA-256 of the document in all languages. */
  hash: string
  /** Frozen by an event of the log; else it is of the last midnight and may be another tomorrow. */
  frozen: boolean
  /** Why a dossier that was frozen is not the one shown. */
  lost: Lost | null
  /** The cut. */
  at: number
  /** Number of the last event of the log that it knows. */
  head: number
  course: Step[]
}

/** The evidence sheet of a flag: as it was said, or, where nothing was, as the last evaluation has it. */
export async function servedDossier(
  context: Asked,
  id: string,
  language: Language,
): Promise<Served> {
  const course = courseOf(context, id)
  const said = standingOf(course)
  if (!said) return { ...(await ofLastMidnight(context, id, language, null)), course }
  const { evidence } = context.judging
  const dossier = sheetIn(evidence.read(said.dossier), language)
  if (dossier) {
    const { dossier: hash, cut: at, head } = said
    return { dossier, hash, frozen: true, lost: null, at, head, course }
  }
  const lost = evidence.state(said.dossier) === 'missing' ? 'missing' : 'damaged'
  const what = `the frozen dossier ${said.dossier} of "${id}" is ${lost}; domovoi flags replay ${id} restores it`
  context.report('evidence', new Error(what))
  try {
    return { ...(await ofLastMidnight(context, id, language, lost)), course }
  } catch (cause) {
    // What nobody would be flagged for today was flagged all the same.
    if (cause instanceof Refusal) throw new Refusal('NOT_FOUND', what)
    throw cause
  }
}

const sheetIn = (text: string | null, language: Language): Dossier | undefined =>
  text === null
    ? undefined
    : (JSON.parse(text) as Dossier[]).find((one) => one.language === language)

/** Composite flags have no figures of their own until they are proposed. */
async function ofLastMidnight(context: Asked, id: string, language: Language, lost: Lost | null) {
  const { measure, organization } = partsOf(context, id)
  const evaluation = await context.judging.evaluation(context)
  const known = evaluation.measures[measure].units.find(({ unit }) => unit === organization.key)
  if (!known)
    throw new Refusal(
      'NOT_FOUND',
      `there is no flag "${id}": its organization has nothing that could be judged; see the list of flags`,
    )
  const { period, policy, restarts, head } = evaluation
  const inputs = await readInputs(
    context,
    period,
    asksOf(await integrityOf(context, period, policy)),
  )
  const facts = await dossierFacts(context, {
    ...{ flag: id, flagged: measure, measure, level: known.level, path: known.path, organization },
    ...{ inputs, figures: evaluation, restarts, policy, period, head },
    ...{ proposedOn: null, replyUntil: null, nextOn: null, afterwards: false },
  })
  const sheet = (asked: Language) => {
    const dossier = dossierOf(facts, asked)
    return lost ? withLoss(dossier, lost, id) : dossier
  }
  return {
    dossier: sheet(language),
    hash: sheetsHash(sheet),
    frozen: false,
    lost,
    at: period.cut,
    head,
  }
}

function partsOf({ registry }: Pick<Context, 'registry'>, id: string) {
  const dot = id.indexOf('.')
  const measure = EVALUATED.find((known) => known === id.slice(0, dot))
  const organization = registry.organizationById(id.slice(dot + 1))
  if (!measure || !organization)
    throw new Refusal(
      'NOT_FOUND',
      `there is no flag "${id}"; it is called measure.organization, measures are ${FLAGGED.join(', ')}`,
    )
  return { measure: measure as Evaluated, organization }
}

/** What was said after the dossier was frozen, as its last section; null where nothing was. */
export function laterOf(
  { city }: Pick<Context, 'city'>,
  { course, dossier }: Pick<Served, 'course' | 'dossier'>,
): Section[] {
  return courseSection(course, dossier.language, city.zone)
}

/** Requests of an organization to which something happened after the cut of a frozen flag. */
export const TOLD_SINCE = {
  name: 'dossier.told-since',
  sql: `
    SELECT CAST(count(*) AS INTEGER) AS requests
    FROM request
    WHERE ${WITHIN_FILTER} AND last_event_at >= $since`,
  row: z.object({ requests: z.coerce.number() }),
}

/** How many of the requests it was judged by have changed since: a reason to look at today's figures too. */
export async function toldSince(
  context: Asked,
  id: string,
): Promise<{ requests: number; cut: number } | null> {
  const said = standingOf(courseOf(context, id))
  if (!said) return null
  const organization = id.slice(id.indexOf('.') + 1)
  const { period } = await context.judging.evaluation(context)
  const filter = frozen({ ...EVERYTHING, organization: [organization] }, period)
  const params = bindFilter(filter, context.registry, context.now())
  const [row] = await ask(context.engine, TOLD_SINCE, { ...params, since: said.cut })
  return { requests: row?.requests ?? 0, cut: said.cut }
}
