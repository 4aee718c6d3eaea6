import { EVALUATED, type Evaluated, flagIdOf } from '#server/contract/flags.ts'
import type { Level } from '#server/contract/measures/shape.ts'
import type { Words } from '#server/contract/vocabulary.ts'
import type { Preset, Zone } from '#server/domain/presets/preset-file.ts'
import { flagBook } from '#server/judgement/flag-book.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { activeOf } from './activation.ts'
import { type Marked, previewOf } from './preview.ts'

export interface Definition {
  preset: string
  name: Words
  months: number
  /** The length that the definition itself names. */
  own: boolean
  active: boolean
  zone: Zone
  guarded: boolean
  /** Each with the name that the definition gives it; null = by its id. */
  seen: (Marked['seen'][number] & { name: Words | null })[]
}

/** How the level of an organization changes over the reasonable definitions: every preset at every length, beside our own. */
export async function definitionsOf(context: Context, id: string) {
  const organization = context.registry.organizationById(id)
  if (!organization)
    throw new Refusal('NOT_FOUND', `no organization has the id "${id}"; see the list`)
  const asked = context.judging.presets.flatMap((preset) =>
    [...new Set([preset.months, ...preset.otherMonths])].map((months) => ({ preset, months })),
  )
  const definitions: Definition[] = []
  for (const { preset, months } of asked) {
    const { organizations } = await previewOf(context, preset, months)
    const found = organizations.find((marked) => marked.organization.id === id)
    definitions.push({
      ...{ preset: preset.id, name: preset.name, months, own: months === preset.months },
      active: activeOf(context, preset).active !== null,
      ...{ zone: found?.zone ?? 'few', guarded: found?.guarded ?? false },
      seen: (found?.seen ?? []).map((seen) => ({ ...seen, name: indicatorOf(preset, seen.id) })),
    })
  }
  const judged = definitions.filter(({ zone }) => zone !== 'few')
  return {
    organization: { id, name: organization.name },
    definitions,
    ours: await ourLevels(context, organization),
    /** Of definitions that have something to say, those that mark it. */
    marks: judged.filter(({ zone }) => zone === 'red').length,
    judged: judged.length,
  }
}

const indicatorOf = ({ rule }: Preset, id: string): Words | null =>
  (rule.kind === 'zones' && rule.indicators.find((one) => one.id === id)?.name) || null

async function ourLevels(context: Context, { key, id }: { key: number; id: string }) {
  const book = flagBook(context.log, context.judging.policies)
  const { measures } = await context.judging.evaluation(context)
  return EVALUATED.flatMap((measure): { measure: Evaluated; level: Level }[] => {
    const unit = measures[measure].units.find(({ unit }) => unit === key)
    return unit ? [{ measure, level: book.level(flagIdOf(measure, id), unit.level) }] : []
  })
}
