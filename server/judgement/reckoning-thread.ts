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
  const told = (message: Told) =>
    new Promise<Answered>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () =>
        reject(new Error('the thread of the evaluation ended before its answer')),
      )
      worker.postMessage(message)
    }).finally(() => worker.removeAllListeners())
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
