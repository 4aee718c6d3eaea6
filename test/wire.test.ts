import { trpcServer } from '@hono/trpc-server'
import { TRPCClientError } from '@trpc/client'
import { Hono } from 'hono'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { EVERYTHING } from '#server/contract/filter.ts'
import { appRouter } from '#server/router.ts'
import { api, queryClient } from '#web/api.ts'
import { CITY, NOW } from './city.ts'
import { openTestHouse, type TestHouse } from './house.ts'

const AT = 'http://localhost/trpc/*'
let house: TestHouse
const wire = setupServer()

beforeAll(async () => {
  vi.stubGlobal('location', new URL('http://localhost/'))
  house = await openTestHouse(CITY, { now: NOW })
  const app = new Hono().use(
    '/trpc/*',
    trpcServer({ router: appRouter, createContext: () => ({ ...house.context }) }),
  )
  wire.use(http.all(AT, ({ request }) => app.fetch(request)))
  wire.listen({ onUnhandledFrame: 'error' })
})
afterEach(() => queryClient.clear())
afterAll(async () => {
  wire.close()
  vi.unstubAllGlobals()
  await house.close()
})

const summary = () =>
  queryClient.fetchQuery({ ...api.requests.summary.queryOptions(EVERYTHING), retry: false })

test('what the web asks over the wire is what the server answers without one', async () => {
  expect(await summary()).toEqual(
    await appRouter.createCaller(house.context).requests.summary(EVERYTHING),
  )
})

test('a request that nobody knows is told in words', async () => {
  const asked = queryClient.fetchQuery({
    ...api.requests.one.queryOptions({ number: 'no-such-request' }),
    retry: false,
  })
  await expect(asked).rejects.toThrow(/no-such-request/)
})

test('a server that is away is a fault for now, and the same question is answered when it is back', async () => {
  wire.use(http.all(AT, () => HttpResponse.error(), { once: true }))
  await expect(summary()).rejects.toBeInstanceOf(TRPCClientError)
  expect((await summary()).requests).toBeGreaterThan(0)
})
