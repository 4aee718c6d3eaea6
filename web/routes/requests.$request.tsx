import { createFileRoute, notFound } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { api } from '#web/api.ts'
import { RequestPage } from '#web/features/requests/request-page.tsx'
import { UnknownRequest } from '#web/features/requests/unknown-request.tsx'
import { isUnknown } from '#web/lib/refused.ts'

/** `known`: as we knew it at that instant; what is no instant is the present. */
const Search = z.object({ known: z.catch(z.optional(z.iso.datetime({ offset: true })), undefined) })
const instantOf = ({ known }: z.output<typeof Search>) =>
  known === undefined ? undefined : Date.parse(known)

export const Route = createFileRoute('/requests/$request')({
  validateSearch: Search,
  loaderDeps: ({ search }) => ({ known: instantOf(search) }),
  loader: async ({ context, params, deps }) => {
    try {
      await context.queryClient.ensureQueryData(
        api.requests.one.queryOptions({ number: params.request, known: deps.known }),
      )
    } catch (error) {
      throw isUnknown(error) ? notFound() : error
    }
  },
  component: () => (
    <RequestPage number={Route.useParams().request} known={instantOf(Route.useSearch())} />
  ),
  notFoundComponent: () => <UnknownRequest number={Route.useParams().request} />,
})
