import { createFileRoute } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { ScreensPage } from '#web/features/screens/screens-page.tsx'

export const Route = createFileRoute('/screens')({
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(api.screens.roster.queryOptions())
  },
  component: ScreensPage,
})
