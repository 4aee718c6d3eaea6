import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ImportRefusal } from './refusal.ts'
import { directoryOf } from './xlsx-directory.ts'

const CHILD = join(import.meta.dirname, 'xlsx-child.ts')
const REFUSED = 2
const LOOK_MS = 100
const KB = 1024

/** What the process that unpacks may use: of its heap, of memory in all, of the disk, and of time. */
export interface Allowance {
  heapMb: number
  residentMb: number
  diskMb: number
  seconds: number
}
const ALLOWED: Allowance = { heapMb: 512, residentMb: 1024, diskMb: 512, seconds: 120 }

export interface Unpacked {
  /** CSV of the first sheet, with the name of the workbook. */
  file: string
  remove(): void
}

/** Unpacks a workbook beside this process, which it cannot harm: its parts are checked first, and it is killed when it grows. */
export async function unpackXlsx(
  file: string,
  dataDir: string,
  allowed = ALLOWED,
): Promise<Unpacked> {
  await directoryOf(file)
  const folder = mkdtempSync(join(dataDir, 'unpacked-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const target = join(folder, `${basename(file).replace(/\.xls[xm]?$/i, '')}.csv`)
  try {
    await runChild([file, target, String(allowed.diskMb)], allowed)
  } catch (cause) {
    remove()
    throw cause
  }
  return { file: target, remove }
}

function runChild(args: readonly string[], { heapMb, residentMb, seconds }: Allowance) {
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, CHILD, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {},
  })
  return new Promise<void>((resolve, reject) => {
    let told = ''
    let why: string | null = null
    const kill = (reason: string) => {
      why ??= reason
      child.kill('SIGKILL')
    }
    const watch = setInterval(() => {
      if (residentOf(child.pid) > residentMb)
        kill('needs too much memory to be unpacked; save it as CSV, or in parts')
    }, LOOK_MS)
    const late = setTimeout(
      () => kill(`is not unpacked within ${seconds} seconds; save it as CSV, or in parts`),
      seconds * 1000,
    )
    const end = () => {
      clearInterval(watch)
      clearTimeout(late)
    }
    child.stderr.on('data', (chunk) => {
      told = `${told}${chunk}`.slice(0, 500)
    })
    child.once('error', (cause) => {
      end()
      reject(cause)
    })
    child.once('close', (code) => {
      end()
      if (code === 0 && why === null) return resolve()
      const reason =
        why ??
        (code === REFUSED
          ? `cannot be read: ${told}`
          : 'needs too much memory to be unpacked; save it as CSV, or in parts')
      reject(new ImportRefusal(`the XLSX file ${reason}`))
    })
  })
}

/** Megabytes; 0 where the system does not tell, and only the heap is bounded. */
function residentOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / KB
  } catch {
    return 0
  }
}
