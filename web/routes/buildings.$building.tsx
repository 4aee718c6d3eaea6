import { createFileRoute, notFound } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { ClocksAddress } from '#server/contract/registry-search.ts'
import { ReplayAddress } from '#server/contract/replay.ts'
import { api } from '#web/api.ts'
import { BuildingPage } from '#web/features/buildings/building-page.tsx'
import { UnknownBuilding } from '#web/features/buildings/unknown-building.tsx'
import { BuildingInTime } from '#web/features/registry/building-in-time.tsx'
import { BuildingPast } from '#web/features/replay/past-panels.tsx'
import { dayOfIso } from '#web/lib/city-time.ts'
import { isUnknown } from '#web/lib/refused.ts'

export const Route = createFileRoute('/buildings/$building')({
  /** The chosen week by its Monday; a mistyped one chooses nothing. */
  validateSearch: z.extend(ClocksAddress, {
    ...ReplayAddress.shape,
    week: z.catch(z.optional(z.iso.date()), undefined),
  }),
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
  const { week, asOf, knownAt, at, clock, by } = Route.useSearch()
  const { building } = Route.useParams()
  const navigate = Route.useNavigate()
  return (
    <BuildingPage
      id={building}
      week={week === undefined ? undefined : dayOfIso(week)}
      past={
        <BuildingPast
          id={building}
          address={{ at, clock, by }}
          onReplay={(frame, replace) =>
            void navigate({
              search: (known) => ({ ...known, ...frame }),
              replace,
              resetScroll: false,
            })
          }
        />
      }
      history={
        <BuildingInTime
          building={building}
          clocks={{ asOf, knownAt }}
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
