import type { Indicator } from '#server/contract/integrity.ts'
import { overview } from '#server/features/integrity/integrity.ts'
import type { Context } from '#server/trpc.ts'

/** Planted stories of truth.json, and the indicators by which each is to be found. */
const STORIES = {
  prematureCloser: ['premature'],
  deadlineCloser: ['bunching', 'excessMass'],
  burstCloser: ['massClosing'],
  scanReuser: ['scanReuse'],
  emergencyDowngrader: ['downgrading'],
} as const satisfies Record<string, readonly Indicator[]>
type Story = keyof typeof STORIES

export type IntegrityTruth = { [S in Story]: readonly { organization: string }[] } & {
  blameless: readonly string[]
}

export interface IntegrityStories {
  /** Of each planted organization, the indicators by which it is asked about; found = one of its own is among them. */
  stories: { story: Story; organization: string; asked: Indicator[]; found: boolean }[]
  /** Blameless organizations that are asked about all the same. */
  accused: { organization: string; asked: Indicator[] }[]
  questions: number
}

/** What the indicators say of a city with its truth. */
export async function integrityStories(
  context: Pick<Context, 'engine' | 'registry' | 'now' | 'city' | 'judging'>,
  truth: IntegrityTruth,
): Promise<IntegrityStories> {
  const { findings } = await overview(context)
  const questions = findings.filter(({ level }) => level === 'ask')
  const asked = (organization: string) =>
    questions
      .filter((question) => question.organization.id === organization)
      .map(({ indicator }) => indicator)
  const stories = (Object.keys(STORIES) as Story[]).flatMap((story) =>
    truth[story].map(({ organization }) => {
      const by = asked(organization)
      const own: readonly Indicator[] = STORIES[story]
      return { story, organization, asked: by, found: by.some((one) => own.includes(one)) }
    }),
  )
  return {
    stories,
    accused: truth.blameless
      .map((organization) => ({ organization, asked: asked(organization) }))
      .filter((one) => one.asked.length > 0),
    questions: questions.length,
  }
}
