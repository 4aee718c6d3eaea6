import { LiveFrame } from '#server/contract/live.ts'
import type { Sink } from '#server/live/readers.ts'

/** A clock that moves only when told; what is due runs in order of time. */
export function standingClock(start: number) {
  let now = start
  let due: { at: number; run: () => void }[] = []
  return {
    now: () => now,
    after: (milliseconds: number, run: () => void) =>
      void due.push({ at: now + milliseconds, run }),
    pass(milliseconds: number) {
      const end = now + milliseconds
      for (;;) {
        const next = due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        due = due.filter((one) => one !== next)
        now = next.at
        next.run()
      }
      now = end
    },
  }
}

/** A screen: what it was sent, and what it would resume with. */
export function screen(pending = () => 0) {
  const sent: string[] = []
  let ended: boolean | undefined
  const sink: Sink = {
    write: (bytes) => void sent.push(new TextDecoder().decode(bytes)),
    pending,
    end: (slow) => {
      ended = slow
    },
  }
  const lines = (name: string) =>
    sent.flatMap((text) => text.split('\n').filter((line) => line.startsWith(`${name}: `)))
  return {
    sink,
    sent,
    bytes: () => sent.reduce((sum, text) => sum + text.length, 0),
    ended: () => ended,
    frames: () =>
      sent
        .filter((text) => text.includes('data: ') && !text.includes('event: '))
        .map((text) => LiveFrame.parse(JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? ''))),
    lastId: () => lines('id').at(-1)?.slice(4) ?? null,
    retries: () => lines('retry'),
  }
}
