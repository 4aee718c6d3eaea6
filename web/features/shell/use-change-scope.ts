import { useNavigate } from '@tanstack/react-router'
import type { ScopeSearch } from './page-frame.ts'

/** Changes scope or period in the address of the page that is shown and leaves the rest of it. */
export function useChangeScope() {
  const navigate = useNavigate()
  return (change: { [Name in keyof ScopeSearch]: ScopeSearch[Name] | undefined }) =>
    void navigate({
      to: '.',
      // Which page is shown is not known here; a page that shows the control takes these fields.
      search: ((before: ScopeSearch) => ({ ...before, ...change })) as never,
    })
}
