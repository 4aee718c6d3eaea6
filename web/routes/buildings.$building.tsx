import { createFileRoute, notFound } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { api } from '#web/api.ts'
import { BuildingPage } from '#web/features/buildings/building-page.tsx'
import { UnknownBuilding } from '#web/features/buildings/unknown-building.tsx'
import { dayOfIso } from '#web/lib/city-time.ts'
import { isUnknown } from '#web/lib/refused.ts'

export const Route = createFileRoute('/buildings/$building')({
  /** The chosen week by its Monday; a mistyped one chooses nothing. */
  validateSearch: z.object({ week: z.catch(z.optional(z.iso.date()), undefined) }),
  loader: async ({ context, params }) => {
    try {
      await context.queryClient.ensureQueryData(
        api.buildings.one.queryOptions({ building: params.building }),
      )
    } catch (error) {
      throw isUnknown(error) ? notFound() : error
    }
  },
  component: Page,
  notFoundComponent: () => <UnknownBuilding id={Route.useParams().building} />,
})

function Page() {
  const { week } = Route.useSearch()
  return (
    <BuildingPage
      id={Route.useParams().building}
      week={week === undefined ? undefined : dayOfIso(week)}
    />
  )
}
