import { parentPort, workerData } from 'node:worker_threads'
import { ROWS } from './scenarios.ts'
import { tally } from './worlds.ts'

const { name, from, to } = workerData as { name: string; from: number; to: number }
const row = ROWS.find((known) => known.name === name)
if (!row) throw new Error(`there is no scenario "${name}"`)
parentPort?.postMessage(tally(row, from, to))
