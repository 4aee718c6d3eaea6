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
      const ended = () => reject(new Error('the thread of the evaluation ended before its answer'))
      // Each is taken off by itself: without all of its listeners a worker is not heard again.
      const settle =
        <V>(how: (value: V) => void) =>
        (value: V) => {
          worker.off('message', answered).off('error', failed).off('exit', ended)
          how(value)
        }
      const answered = settle(resolve)
      const failed = settle(reject)
      worker.once('message', answered).once('error', failed).once('exit', ended)
      worker.postMessage(message)
    })
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
