import { useRouterState } from '@tanstack/react-router'
import type { Topic } from '#server/contract/live.ts'

interface Place {
  routeId: string
  params: Readonly<Record<string, unknown>>
  search: Readonly<Record<string, unknown>>
  staticData: { frame?: 'none'; scope?: boolean }
}

const PAGES = {
  '/organizations/$organization': 'organization',
  '/districts/$district': 'district',
  '/buildings/$building': 'building',
} as const
const LONGEST = 200

/** What a page shows news of, from its address; null where the page says it itself. */
export function topicOf({ routeId, params, search, staticData }: Place): Topic | null {
  if (staticData.frame === 'none') return null
  const kind = PAGES[routeId as keyof typeof PAGES]
  if (kind) return topic(kind, params[kind])
  const { district } = search
  const [only, ...more] = staticData.scope && Array.isArray(district) ? district : []
  return more.length === 0 ? topic('district', only) : 'city'
}

const topic = (kind: 'district' | 'organization' | 'building', id: unknown): Topic =>
  typeof id === 'string' && id !== '' && id.length <= LONGEST ? `${kind}:${id}` : 'city'

/** Of the innermost route. */
export const usePageTopic = (): Topic | null =>
  useRouterState({
    select: ({ matches }) => {
      const last = matches.at(-1)
      return last ? topicOf(last) : null
    },
  })
