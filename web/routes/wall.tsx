import { createFileRoute } from '@tanstack/react-router'
import { WallSearch } from '#web/features/wall/search.ts'
import { keptAt } from '#web/features/wall/start.ts'
import { WallFailed } from '#web/features/wall/wall-failed.tsx'
import { WallScreen } from '#web/features/wall/wall-screen.tsx'
import { showLanguage } from '#web/i18n/start.ts'

export const Route = createFileRoute('/wall')({
  staticData: { frame: 'none' },
  validateSearch: WallSearch,
  loaderDeps: ({ search: { lang } }) => ({ lang }),
  loader: async ({ deps: { lang } }) => {
    if (lang) await showLanguage(lang)
  },
  errorComponent: () => <WallFailed />,
  component: Wall,
})

function Wall() {
  const { wallClock } = Route.useRouteContext()
  return <WallScreen search={Route.useSearch()} wallClock={wallClock} kept={keptAt()} />
}
