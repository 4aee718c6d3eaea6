import { parentPort, workerData } from 'node:worker_threads'
import { ROWS } from './scenarios.ts'
import { type Share, tally } from './worlds.ts'

const { name, ...share } = workerData as Share & { name: string }
const row = ROWS.find((known) => known.name === name)
if (!row) throw new Error(`there is no scenario "${name}"`)
parentPort?.postMessage(tally(row, share))
