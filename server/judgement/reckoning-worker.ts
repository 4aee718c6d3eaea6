import { parentPort } from 'node:worker_threads'
import { type Reckoning, reckonHere } from './reckoning.ts'
import type { Answered, Told } from './reckoning-thread.ts'

let reckoning: Reckoning | undefined

parentPort?.on('message', async (told: Told) => {
  if ('basis' in told) {
    reckoning = reckonHere(told.basis)
    answer({ candidates: await reckoning.candidates() })
  } else if (!reckoning) throw new Error('a refinement was asked for before its basis')
  else answer({ refined: await reckoning.refined(...told.refine) })
})

const answer = (answered: Answered) => parentPort?.postMessage(answered)
