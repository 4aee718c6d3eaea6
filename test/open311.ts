import { open311Routes } from '#server/open311/routes.ts'
import { addKey, readSources } from '#server/open311/sources.ts'
import { CITY, NOW } from './city.ts'
import { openTestHouse } from './house.ts'

export const KEY = 'the-key-of-the-city-app-0000000000'
/** A leak in front of b-1, without anybody who asks. */
export const FORM = { api_key: KEY, service_code: 'leak', lat: '51.10525', long: '71.40125' }

export type Open311City = Awaited<ReturnType<typeof openOpen311>>

/** The small city behind the protocol, asked as a client does. */
export async function openOpen311() {
  const house = await openTestHouse(CITY, { now: NOW })
  addKey(house.path('.'), 'city-app', KEY)
  /** Whether the facts are taken to have caught up. */
  const facts = { shown: true }
  const app = open311Routes({
    context: house.context,
    gate: { pass: (work) => work(), look: async () => {}, full: () => false },
    sources: () => ({ ...readSources(house.path('.')), jurisdiction: 'domograd.kz' }),
    settled: async () => {
      await house.settle()
      return facts.shown
    },
  })
  const get = (path: string, headers: Record<string, string> = {}) =>
    Promise.resolve(app.request(`http://city.test/open311/v2/${path}`, { headers }))
  return {
    house,
    facts,
    get,
    async json(path: string) {
      const response = await get(path)
      // Whatever a server answers is first unknown to its client.
      return { status: response.status, body: (await response.json()) as Record<string, unknown>[] }
    },
    /** As the published schema writes it: everything in the query and no body. */
    postQuery: (form: Record<string, string>) =>
      Promise.resolve(
        app.request(`http://city.test/open311/v2/requests.json?${new URLSearchParams(form)}`, {
          method: 'POST',
        }),
      ),
    post: (form: Record<string, string> | string, ending = 'json', headers = {}) =>
      Promise.resolve(
        app.request(`http://city.test/open311/v2/requests.${ending}`, {
          method: 'POST',
          body: typeof form === 'string' ? form : new URLSearchParams(form),
          headers,
        }),
      ),
  }
}
