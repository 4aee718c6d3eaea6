import { createFileRoute, notFound } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { RequestPage } from '#web/features/requests/request-page.tsx'
import { UnknownRequest } from '#web/features/requests/unknown-request.tsx'
import { isUnknown } from '#web/lib/refused.ts'

export const Route = createFileRoute('/requests/$request')({
  loader: async ({ context, params }) => {
    try {
      await context.queryClient.ensureQueryData(
        api.requests.one.queryOptions({ number: params.request }),
      )
    } catch (error) {
      throw isUnknown(error) ? notFound() : error
    }
  },
  component: () => <RequestPage number={Route.useParams().request} />,
  notFoundComponent: () => <UnknownRequest number={Route.useParams().request} />,
})
