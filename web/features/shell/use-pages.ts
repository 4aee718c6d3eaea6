import { useRouter, useRouterState } from '@tanstack/react-router'
import { PAGES, type Page } from './pages.ts'

/** The sections that exist. */
export function usePages(): readonly Page[] {
  const known: object = useRouter().routesByPath
  return PAGES.filter(({ to }) => to in known || `${to}/` in known)
}

export const usePath = () => useRouterState({ select: (state) => state.location.pathname })
