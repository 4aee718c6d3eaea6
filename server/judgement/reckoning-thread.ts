import { Worker } from 'node:worker_threads'
import type { Reckon, Reckoned } from './reckoning.ts'

/** What the thread is told, one after the other; it answers each. */
export type Told =
  | { basis: Parameters<Reckon>[0] }
  | { refine: Parameters<ReturnType<Reckon>['refined']> }
export type Answered = { candidates: ReadonlySet<number> } | { refined: Reckoned }

/** In a thread of its own, which ends with the evaluation and takes its memory along: meanwhile the server answers. */
export const reckonBeside: Reckon = (basis) => {
  const worker = new Worker(new URL('./reckoning-worker.ts', import.meta.url), {
    name: 'reckoning',
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  })
  // Heard for as long as it lives, also between its answers: a fault that nobody hears would end the server.
  const dead = new Promise<never>((_, reject) => {
    worker.once('error', reject)
    worker.once('exit', () =>
      reject(new Error('the thread of the evaluation ended before its answer')),
    )
  })
  dead.catch(() => {})
  const told = (message: Told): Promise<Answered> => {
    const answer = new Promise<Answered>((resolve) => worker.once('message', resolve))
    worker.postMessage(message)
    return Promise.race([dead, answer])
  }
  return {
    async candidates() {
      const answer = await told({ basis })
      if (!('candidates' in answer)) throw new Error('the evaluation answered another question')
      return answer.candidates
    },
    async refined(...refine) {
      const answer = await told({ refine })
      if (!('refined' in answer)) throw new Error('the evaluation answered another question')
      return answer.refined
    },
    end: () => void worker.terminate(),
  }
}
