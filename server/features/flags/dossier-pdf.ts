import { Worker } from 'node:worker_threads'
import type { Dossier, Section } from './dossier-model.ts'

export interface PrintJob {
  dossier: Dossier
  hash: string
  later: Section[]
  /** The date that the file bears, UTC epoch milliseconds: the cut, so that the same dossier is the same bytes. */
  at: number
}

/** The dossier as a file: equal jobs give equal bytes. */
export const dossierPdf = (job: PrintJob): Promise<Uint8Array> =>
  new Promise<Uint8Array>((resolve, reject) => {
    const worker = new Worker(new URL('./dossier-worker.ts', import.meta.url), { workerData: job })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`printing ended with code ${code}`)))
  })
