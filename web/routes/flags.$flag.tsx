import { createFileRoute } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { FlagPage } from '#web/features/flags/flag-page.tsx'

export const Route = createFileRoute('/flags/$flag')({
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(api.flags.one.queryOptions({ id: params.flag }))
  },
  component: Page,
})

function Page() {
  return <FlagPage id={Route.useParams().flag} />
}
