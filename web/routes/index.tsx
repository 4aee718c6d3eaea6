import { createFileRoute } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { EVERYTHING, Filter } from '#server/contract/filter.ts'
import { api } from '#web/api.ts'
import { UnattendedLine } from '#web/features/intake/unattended-line.tsx'
import { OverviewPage } from '#web/features/overview/overview-page.tsx'

/** The overview is always now; only its districts can be chosen. */
const Search = z.pick(Filter, { district: true })

export const Route = createFileRoute('/')({
  validateSearch: Search,
  staticData: { scope: true, period: { kind: 'now' } },
  loaderDeps: ({ search: { district } }) => ({ district }),
  // Not awaited: the page has its own skeletons of the final size.
  loader: ({ context: { queryClient }, deps }) => {
    void queryClient.prefetchQuery(api.overview.state.queryOptions(deps))
    void queryClient.prefetchQuery(api.overview.running.queryOptions(deps))
    void queryClient.prefetchQuery(api.outages.list.queryOptions())
    void queryClient.prefetchQuery(api.flags.raised.queryOptions())
    void queryClient.prefetchQuery(api.map.deviation.queryOptions({ ...EVERYTHING, ...deps }))
  },
  component: Page,
})

function Page() {
  const { district } = Route.useSearch()
  return <OverviewPage district={district} above={<UnattendedLine />} />
}
