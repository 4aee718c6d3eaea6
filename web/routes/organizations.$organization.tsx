import { createFileRoute, stripSearchParams } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { OrganizationSearch, scopeOf } from '#server/contract/organizations.ts'
import { ReplayAddress } from '#server/contract/replay.ts'
import { api } from '#web/api.ts'
import { FlagCard } from '#web/features/flags/flag-card.tsx'
import { OrganizationIntegrity } from '#web/features/integrity/organization-integrity.tsx'
import { OrganizationPage } from '#web/features/organizations/organization-page.tsx'
import { DefinitionsPanel } from '#web/features/presets/definitions-panel.tsx'
import { OrganizationInTime } from '#web/features/registry/organization-in-time.tsx'
import { OrganizationPast } from '#web/features/replay/past-panels.tsx'

export const Route = createFileRoute('/organizations/$organization')({
  validateSearch: z.extend(OrganizationSearch, ReplayAddress.shape),
  search: { middlewares: [stripSearchParams({ measure: 'reopened' })] },
  loaderDeps: ({ search }) => ({ filter: scopeOf(search) }),
  loader: ({ context: { queryClient }, params: { organization }, deps: { filter } }) => {
    const one = { id: organization, filter }
    void queryClient.prefetchQuery(api.organizations.profile.queryOptions(one))
    void queryClient.prefetchQuery(
      api.organizations.waiting.queryOptions({ ...one, clock: 'response' }),
    )
  },
  staticData: { scope: true, period: { kind: 'range', usual: 'mature' } },
  component: Page,
})

function Page() {
  const { organization } = Route.useParams()
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <OrganizationPage
      id={organization}
      search={search}
      onSearch={(search) => void navigate({ search, replace: true, resetScroll: false })}
      past={
        <OrganizationPast
          id={organization}
          address={{ at: search.at, clock: search.clock, by: search.by }}
          onReplay={(frame, replace) =>
            void navigate({
              search: (known) => ({ ...known, ...frame }),
              replace,
              resetScroll: false,
            })
          }
        />
      }
      definitions={
        <>
          <OrganizationIntegrity organization={organization} />
          <DefinitionsPanel organization={organization} />
        </>
      }
      card={<FlagCard organization={organization} measure={search.measure} />}
      history={
        <OrganizationInTime
          organization={organization}
          clocks={{ asOf: search.asOf, knownAt: search.knownAt }}
          onClocks={(clocks) =>
            void navigate({
              search: (known) => ({ ...known, ...clocks }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      }
    />
  )
}
