import { parentPort, workerData } from 'node:worker_threads'
import { packedStreams } from './request-streams.ts'

const batches = packedStreams(String(workerData))

parentPort?.on('message', () => {
  const { value } = batches.next()
  if (!value) return parentPort?.postMessage(null)
  const { keys, sizes, seqs, occurred, recorded, types, sources } = value
  parentPort?.postMessage(
    value,
    [keys, sizes, seqs, occurred, recorded, types, sources].map(({ buffer }) => buffer),
  )
})
