import * as z from 'zod/mini'

const Alive = z.object({ version: z.string(), now: z.int(), pinned: z.boolean() })
export type Alive = z.output<typeof Alive>

/** Which web app the server gives out now, and its clock. Rejects where it does not answer in time or not rightly. */
export async function askAlive(withinMs: number): Promise<Alive> {
  const answer = await fetch('/alive', { signal: AbortSignal.timeout(withinMs), cache: 'no-store' })
  if (!answer.ok) throw new Error(`alive: ${answer.status}`)
  return Alive.parse(await answer.json())
}

const ANSWER_WITHIN_MS = 4000
const AGAIN_MS = 3000
/** Where a new page fails as well, it is not begun anew all the time. */
const LIVES_MS = 10_000

/** Begins the page anew as soon as the server answers; without it there would be the browser's own error. Returns how to stop. */
export function beginAnew(): () => void {
  let timer: ReturnType<typeof setTimeout>
  const again = () => {
    timer = setTimeout(
      () => askAlive(ANSWER_WITHIN_MS).then(() => window.location.reload(), again),
      Math.max(AGAIN_MS, LIVES_MS - performance.now()),
    )
  }
  again()
  return () => clearTimeout(timer)
}

/** Whether somebody has used this page, and may be writing on it. */
const touched = () => navigator.userActivation?.hasBeenActive ?? true

/** Begins a page anew that nobody has touched; resolves once somebody has, for then it stays. */
export async function beginAnewUntouched(): Promise<void> {
  for (let alive = false; !touched(); ) {
    if (alive) {
      window.location.reload()
      return new Promise(() => {})
    }
    await new Promise((resolve) =>
      setTimeout(resolve, Math.max(AGAIN_MS, LIVES_MS - performance.now())),
    )
    alive = await askAlive(ANSWER_WITHIN_MS).then(
      () => true,
      () => false,
    )
  }
}

/** The version of the page that runs here; null under the development server. */
export const ownVersion = () =>
  document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content ?? null
