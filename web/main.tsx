import './ui/theme.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { api, queryClient } from './api.ts'
import { startLanguages } from './i18n/start.ts'
import { startLive } from './live.ts'
import { askEarly } from './map/early.ts'
import { createAppRouter } from './router.tsx'
import { LookProvider } from './ui/provider.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
// Where a piece of a page does not come, the router loads the whole page anew, which a server that is away does not
// give either. It knows such a failure by its first words; with others before them PageError has it, and waits.
addEventListener('vite:preloadError', ({ payload }) => {
  payload.message = `A piece of the page: ${payload.message}`
})
if (location.pathname === '/map') askEarly(queryClient)
// A wall may speak another language than this browser's last.
await startLanguages(!['/', '/wall'].includes(location.pathname))
const router = createAppRouter(Date.now)
void startLive(queryClient, {
  random: Math.random,
  pinned: () => queryClient.getQueryData(api.shell.place.queryKey())?.pinned ?? false,
  alone: location.pathname === '/wall',
})
createRoot(root).render(
  <StrictMode>
    <LookProvider>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </LookProvider>
  </StrictMode>,
)
