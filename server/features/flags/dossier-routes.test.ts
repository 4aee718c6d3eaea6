import { expect, test, vi } from 'vitest'
import type { Context } from '#server/trpc.ts'
import { dossierRoutes } from './dossier-routes.ts'

test('nothing is printed for somebody who has closed the page, and it is no fault', async () => {
  const report = vi.fn()
  const registry = vi.fn()
  const context = {
    report,
    get registry() {
      return registry()
    },
  } as unknown as Context
  const routes = dossierRoutes(context)
  const answer = await routes.request('/flags/late.sever/dossier.pdf', {
    signal: AbortSignal.abort(),
  })
  expect([answer.status, await answer.text()]).toEqual([408, ''])
  expect([report.mock.calls, registry.mock.calls]).toEqual([[], []])
})
