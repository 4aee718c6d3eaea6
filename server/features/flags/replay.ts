import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { flagEvents, policyOf, standings } from '#server/judgement/flag-book.ts'
import { type EvidenceState, evaluateAt } from '#server/judgement/kept.ts'
import { policyBook } from '#server/judgement/policy.ts'
import type { Log } from '#server/log/log.ts'
import { replayFolder } from '#server/scratch.ts'
import { openStore } from '#server/store/store.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { canonicalDossier, dossierHash, FORM, FORMS } from './dossier.ts'
import { findingsOf } from './findings.ts'
import { factsOf } from './run.ts'
import { monthlyPeriod, monthNumber } from './story.ts'

export interface Proof {
  step: 'proposed' | 'issued'
  month: string
  head: number
  /** Events folded again. */
  events: number
  /** Of the dossier that came of it. */
  dossier: string
  /** Of the file of the dossier, before it was put right. */
  file: EvidenceState
  /** Whether the file was written anew. */
  restored: boolean
  /** What is not as it was told; empty = everything is. */
  faults: string[]
}

/**
 * Proves the last word that proposed or issued a flag: facts made anew from the log up to the event that was known then, the
 * same evaluation, the same dossier. Takes as long as a rebuild. Needs the policy and the norms of that time.
 */
export async function replay(
  context: Context,
  flag: string,
  progress: (done: number, total: number) => void = () => {},
): Promise<Proof> {
  const all = flagEvents(context.log)
  const said = all.findLast(
    (event) =>
      (event.type === 'flag.proposed' || event.type === 'flag.issued') && event.flag === flag,
  )
  if (said?.type !== 'flag.proposed' && said?.type !== 'flag.issued')
    throw new Refusal('NOT_FOUND', `nothing was proposed under "${flag}"; see domovoi flags list`)
  const evaluated = all.findLast(
    (event) => event.type === 'flag.evaluated' && event.cut === said.cut,
  )
  if (evaluated?.type !== 'flag.evaluated')
    throw new Refusal('NOT_FOUND', `the log has no evaluation at the cut of "${flag}"`)
  const { evidence } = context.judging
  const file = evidence.state(said.dossier)
  const policy = policyOf(context.judging.policies, said.policy.version)
  const faults: string[] = []
  if (policy?.hash !== said.policy.hash)
    faults.push(
      `policy ${said.policy.version} is not the one of that time (sha256 ${said.policy.hash}); put that file into policy/ of the data folder`,
    )
  const folder = replayFolder(process.pid)
  const before = all.filter((event) => event.seq < evaluated.seq)
  const log = until(context.log, said.head)
  try {
    const store = await openStore({
      ...{ log, file: join(folder, 'facts.duckdb'), zone: context.city.zone },
      homes: Object.values(context.city.name),
      ...{ norms: context.norms, authority: context.city.authority, now: context.now, progress },
    })
    try {
      const { engine, registry } = store
      const judging = { policies: policyBook(policy ? [policy] : context.judging.policies.all) }
      const past = { ...context, engine, registry }
      const month = monthNumber(evaluated.month)
      const period = monthlyPeriod(month, context.city.zone)
      const { evaluation, tables } = await evaluateAt({ ...past, judging }, period)
      if (evaluation.inputs !== said.inputs)
        faults.push(`the tables of requests have the hash ${evaluation.inputs}, not ${said.inputs}`)
      const stood = standings(before, context.judging.policies)
      const found = findingsOf(past, evaluation, stood).find(({ finding }) => finding.flag === flag)
      const step = said.type === 'flag.proposed' ? 'proposed' : 'issued'
      const known = { step, month: evaluated.month, head: said.head, events: said.head } as const
      const proof = { ...known, file, restored: false }
      if (!found)
        return { ...proof, dossier: '', faults: [...faults, 'nothing is found of it now'] }
      const afterwards = said.afterwards === true
      const facts = await factsOf(past, { evaluation, tables, month, afterwards }, found, step)
      const form = FORMS.find((one) => dossierHash(facts, one) === said.dossier) ?? FORM
      const dossier = dossierHash(facts, form)
      if (dossier !== said.dossier)
        faults.push(`the dossier has the hash ${dossier}, not ${said.dossier}`)
      // A lost or changed file comes back, whoever did it.
      else evidence.write(dossier, canonicalDossier(facts, form))
      const restored = file !== 'right' && evidence.state(said.dossier) === 'right'
      return { ...proof, dossier, restored, faults }
    } finally {
      await store.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The log as it stood when its last event was `head`. */
function until(log: Log, head: number): Log {
  const known = <E extends { seq: number }>(events: readonly E[]) =>
    events.filter(({ seq }) => seq <= head)
  return {
    append: () => Promise.reject(new Error('a log of the past takes nothing more')),
    read: (after, limit) => known(log.read(after, limit)),
    stream: (key) => known(log.stream(key)),
    *registry() {
      for (const event of log.registry()) if (event.seq <= head) yield event
    },
    async *requestStreams() {
      for await (const streams of log.requestStreams())
        yield streams
          .map(({ key, events }) => ({ key, events: known(events) }))
          .filter(({ events }) => events.length > 0)
    },
    key: (stream) => log.key(stream),
    lastSeq: () => Math.min(head, log.lastSeq()),
    follow: () => () => {},
    close: async () => {},
  }
}
