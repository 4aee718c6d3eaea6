import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import pdfmake from 'pdfmake'
import type { PrintJob } from './dossier-pdf.ts'
import { printed } from './dossier-print.ts'

const find = createRequire(import.meta.url)
const face = (style: string) =>
  find.resolve(`@expo-google-fonts/golos-text/${style}/GolosText_${style}.ttf`)
const FACES = { normal: face('400Regular'), bold: face('600SemiBold') }
const OURS = new Set(Object.values(FACES))

/** Off the answering thread: sheets of an evidence take a second. No address is read, and no file but the two of the typeface. */
async function print({ dossier, hash, later, at }: PrintJob): Promise<Buffer> {
  pdfmake.setFonts({ Golos: FACES })
  pdfmake.setLocalAccessPolicy((path: string) => OURS.has(path))
  pdfmake.setUrlAccessPolicy(() => false)
  const { info, ...definition } = printed(dossier, hash, later)
  const dates = { creationDate: new Date(at), modDate: new Date(at) }
  return pdfmake.createPdf({ ...definition, info: { ...(info as object), ...dates } }).getBuffer()
}

// A job is given by dossier-pdf.ts only.
const bytes = await print(workerData as PrintJob)
parentPort?.postMessage(new Uint8Array(bytes))
