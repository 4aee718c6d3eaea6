import { createFileRoute } from '@tanstack/react-router'
import { OrganizationSearch } from '#web/features/organizations/search.ts'

export const Route = createFileRoute('/organizations/$organization')({
  validateSearch: OrganizationSearch,
  staticData: { scope: true, period: { kind: 'range', usual: 'year' } },
  component: () => null,
})
