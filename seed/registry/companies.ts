import type { OrganizationKind } from '#server/contract/vocabulary.ts'
import type { Habit } from '../life/habit.ts'
import type { Preset } from '../presets.ts'
import type { Random } from '../random.ts'
import { createCompanyNames, type ManagingKind, OTHERS } from './company-names.ts'

export interface Company {
  id: string
  name: string
  kind: OrganizationKind
  /** Emergency dispatch; invented. */
  phone: string
  /** Houses it is meant to manage at the start. */
  houses: number
  /** Where its territory lies, if the name says so. */
  district: string | null
  character: Character
  /** The part it plays in a story that concerns companies; nobody plays two. */
  part: string | null
  /** Another character from an instant on. */
  turns?: { at: number; character: Character }
  habit?: Habit
}

/** How a company differs from the average; stories may make it worse. All are factors around 1. */
export interface Character {
  /** Of the time to the end of the work. */
  times: number
  /** Of the odds that a resident rejects the work. */
  reopenOdds: number
  /** Of the time to the first human action. */
  response: number
  /** Of the odds that a resident confirms. */
  confirmOdds: number
}

/** Ordinary differences between companies: a log-normal spread of about this much. */
const SPREAD = 0.07

/** Houses of a company of the demo city, in the mean. Named companies keep their place among the others in a larger city. */
const MEAN_HOUSES = 1200 / 47

const FIXED: readonly { name: string; kind: ManagingKind; share: number; district: string }[] = [
  { name: 'УК Прибрежная', kind: 'uk', share: 48, district: 'pribrezhny' },
  { name: 'УК Северный ветер', kind: 'uk', share: 68, district: 'vostochny' },
  { name: 'КСК Достык', kind: 'ksk', share: 30, district: 'stary' },
  { name: 'ТСЖ Садовое', kind: 'tszh', share: 72, district: 'sadovy' },
  { name: 'ОСИ Алатау-12', kind: 'osi', share: 3, district: 'yuzhny' },
  { name: 'УК Два дома', kind: 'uk', share: 2, district: 'zarechye' },
]
const MIX: readonly { kind: ManagingKind; share: number; median: number; sigma: number }[] = [
  { kind: 'uk', share: 0.26, median: 46, sigma: 0.6 },
  { kind: 'ksk', share: 0.2, median: 24, sigma: 0.55 },
  { kind: 'tszh', share: 0.16, median: 10, sigma: 0.6 },
  { kind: 'osi', share: 0.26, median: 3.2, sigma: 0.6 },
  { kind: 'pt', share: 0.06, median: 2.5, sigma: 0.5 },
  { kind: 'zhsk', share: 0.06, median: 2.5, sigma: 0.5 },
]

/** Managing companies first, in the order of their ids, then the others. */
export function createCompanies(preset: Preset, random: Random): Company[] {
  const managing = preset.organizations - preset.others
  const fixed = FIXED.slice(0, Math.max(2, Math.min(FIXED.length, managing - 1)))
  const nextName = createCompanyNames(random)
  const place = Math.min(preset.buildings / 1200, preset.buildings / managing / MEAN_HOUSES)
  const kinds = kindsOf(managing - fixed.length)
  const drafts = [
    ...fixed.map(({ name, kind, share, district }) => {
      const grown = Math.max(4, Math.round(share * place))
      return { name, kind, district, weight: share < 10 ? share : grown, exact: true }
    }),
    ...kinds.map((kind) => {
      const { median, sigma } = MIX.find((one) => one.kind === kind) ?? { median: 5, sigma: 0.5 }
      return {
        name: nextName(kind),
        kind,
        district: null,
        weight: random.logNormal(median, sigma),
        exact: false,
      }
    }),
  ]
  const taken = drafts.reduce((sum, draft) => sum + (draft.exact ? draft.weight : 0), 0)
  const loose = drafts.reduce((sum, draft) => sum + (draft.exact ? 0 : draft.weight), 0)
  const scale = (preset.buildings - taken) / loose
  return [
    ...drafts.map(({ name, kind, district, weight, exact }, i) => ({
      id: `${kind}-${i + 1}`,
      name,
      kind,
      district,
      phone: phoneOf(i),
      houses: exact ? weight : Math.max(1, Math.round(weight * scale)),
      character: ordinary(random),
      part: null,
    })),
    ...OTHERS.slice(0, preset.others).map(({ id, name, kind }, i) => ({
      id,
      name,
      kind,
      district: null,
      phone: phoneOf(managing + i),
      houses: 0,
      character: ordinary(random),
      part: null,
    })),
  ]
}

function kindsOf(count: number): ManagingKind[] {
  const kinds: ManagingKind[] = []
  let due = 0
  for (const { kind, share } of MIX) {
    due += share * count
    while (kinds.length < Math.round(due)) kinds.push(kind)
  }
  while (kinds.length < count) kinds.push('osi')
  return kinds
}

/** Within two standard deviations: nobody is by chance as bad as a company planted to be. */
const ordinary = (random: Random): Character => ({
  times: within(random.logNormal(1, SPREAD)),
  reopenOdds: within(random.logNormal(1, SPREAD)),
  response: random.logNormal(1, 2 * SPREAD),
  confirmOdds: random.logNormal(1, SPREAD),
})

const within = (factor: number) => Math.max(0.87, Math.min(1.15, factor))

/** 8 7000 is no operator's code. */
const phoneOf = (i: number) => {
  const digits = String(550120 + i * 27).padStart(6, '0')
  return `8 7000 ${digits.slice(0, 2)} ${digits.slice(2, 4)} ${digits.slice(4)}`
}
