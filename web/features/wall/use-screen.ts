import { useEffect, useState } from 'react'
import * as z from 'zod/mini'
import { type SceneName, ScreenSetting } from '#server/contract/screens.ts'

const HERE_MS = 15_000
const CLAIM_MS = 2000
const AGAIN_MS = 5000
const KEPT = 'domovoi-screen'

const Here = z.object({ name: z.string(), setting: ScreenSetting })
const Asked = z.object({ code: z.string(), secret: z.string() })
const Claimed = z.object({ state: z.enum(['waiting', 'expired', 'approved']) })

export type ScreenState =
  | { kind: 'unknown' }
  /** Nobody has let this screen in yet: it shows its code. */
  | { kind: 'waiting'; code: string }
  | { kind: 'in'; name: string; setting: ScreenSetting }

/**
 * What this screen is to show. It says each quarter of a minute that it lives; while the server is away it goes on with what
 * it was last told, after a start of its own too. `onOut`: it is not let in, or no longer.
 */
export function useScreen(shows: () => SceneName | null, onOut: () => void): ScreenState {
  const [state, setState] = useState<ScreenState>(keptState)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let over = false
    const next = (run: () => Promise<number>) => {
      const step = async () => {
        const pause = await run().catch(() => AGAIN_MS)
        if (!over) timer = setTimeout(() => next(turn), pause)
      }
      void step()
    }
    let secret: string | null = null
    const ask = async () => {
      const asked = Asked.parse((await post('ask', {})).body)
      secret = asked.secret
      keep(null)
      onOut()
      setState({ kind: 'waiting', code: asked.code })
      return CLAIM_MS
    }
    const claim = async () => {
      const { state } = Claimed.parse((await post('claim', { secret })).body)
      if (state === 'waiting') return CLAIM_MS
      secret = null
      return 0
    }
    const here = async () => {
      const { status, body } = await post('here', { shows: shows() })
      if (status === 401) return ask()
      const told = Here.parse(body)
      keep(told)
      setState((now) => {
        const next = { kind: 'in', ...told } as const
        return JSON.stringify(now) === JSON.stringify(next) ? now : next
      })
      return HERE_MS
    }
    const turn = () => (secret === null ? here() : claim())
    next(turn)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [shows, onOut])
  return state
}

async function post(path: string, body: object): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`/screens/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok && answer.status !== 401) throw new Error(`${path}: ${answer.status}`)
  return { status: answer.status, body: await answer.json() }
}

function keptState(): ScreenState {
  const kept = Here.safeParse(parsed(localStorage.getItem(KEPT)))
  return kept.success ? { kind: 'in', ...kept.data } : { kind: 'unknown' }
}

const keep = (told: z.output<typeof Here> | null) =>
  told ? localStorage.setItem(KEPT, JSON.stringify(told)) : localStorage.removeItem(KEPT)

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
