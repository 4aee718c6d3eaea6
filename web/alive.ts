import * as z from 'zod/mini'

const Alive = z.object({ version: z.string(), now: z.int(), pinned: z.boolean() })
export type Alive = z.output<typeof Alive>

/** Which web app the server gives out now, and its clock. Rejects where it does not answer in time or not rightly. */
export async function askAlive(withinMs: number): Promise<Alive> {
  const answer = await fetch('/alive', { signal: AbortSignal.timeout(withinMs), cache: 'no-store' })
  if (!answer.ok) throw new Error(`alive: ${answer.status}`)
  return Alive.parse(await answer.json())
}

/** The version of the page that runs here; null under the development server. */
export const ownVersion = () =>
  document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content ?? null
