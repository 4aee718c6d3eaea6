import './ui/theme.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { api, queryClient } from './api.ts'
import { startLanguages } from './i18n/start.ts'
import { startLive } from './live.ts'
import { router } from './router.tsx'
import { LookProvider } from './ui/provider.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
await startLanguages()
void startLive(queryClient, {
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
