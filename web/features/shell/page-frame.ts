import { useRouterState } from '@tanstack/react-router'

/** What a route asks of the frame around it: `staticData: { scope: true, period: { kind: 'range', usual: 'year' } }`. */
declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** `none`: no rail and no top bar. */
    frame?: 'none'
    /** The address may carry `district`. */
    scope?: boolean
    /** `now`: the page is always today. `range`: its address may carry `from` and `to`; `usual` is what it means without. */
    period?: { kind: 'now' } | { kind: 'range'; usual: 'quarter' | 'year' | 'mature' | 'all' }
  }
}

/** The innermost route's wishes. */
export const usePageFrame = () =>
  useRouterState({ select: (state) => state.matches.at(-1)?.staticData ?? {} })

export interface ScopeSearch {
  district?: string[]
  from?: string
  to?: string
}

/** Scope and period as they stand in the address of whatever page is shown. */
export function useScopeSearch(): ScopeSearch {
  return useRouterState({
    select: (state) => {
      const { district, from, to } = state.location.search as Record<string, unknown>
      return {
        ...(Array.isArray(district) && { district: district.map(String) }),
        ...(typeof from === 'string' && { from }),
        ...(typeof to === 'string' && { to }),
      }
    },
    structuralSharing: true,
  })
}
