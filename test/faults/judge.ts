import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { verifyLog } from '#server/log/verify.ts'
import { expectedOf } from './city.ts'
import type { Ledger } from './ledger.ts'

export interface Verdict {
  /** Acknowledged and not stored. */
  lost: string[]
  /** Stored more than once, or numbers missing in the sequence. */
  doubled: number
  gaps: number
  /** Requests whose steps are stored in another order than they were sent. */
  disordered: string[]
  expected: { requests: number; open: number; overdue: number; events: number }
}

/** Reads the log file itself, without the server's code; the chain is verified by the product's own command. */
export function judgeLog(dataDir: string, ledger: Ledger): Verdict {
  const file = join(dataDir, 'log.sqlite')
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const stored = new Map<string, number>()
    const lastStep = new Map<string, number>()
    const disordered = new Set<string>()
    const steps: { request: string; step: number; dueAt: number | null }[] = []
    let rows = 0
    let lastSeq = 0
    for (const row of db.prepare('SELECT seq, id, type, body FROM event ORDER BY seq').iterate()) {
      rows += 1
      lastSeq = Number(row.seq)
      const id = String(row.id)
      stored.set(id, (stored.get(id) ?? 0) + 1)
      if (!String(row.type).startsWith('request.')) continue
      const body = JSON.parse(String(row.body)) as { request: string; dueAt?: number }
      const step = Number(id.split(':').at(-1))
      if (step !== (lastStep.get(body.request) ?? -1) + 1) disordered.add(body.request)
      lastStep.set(body.request, step)
      steps.push({ request: body.request, step, dueAt: body.dueAt ?? null })
    }
    verifyLog(file)
    return {
      lost: ledger.ids().filter((id) => !stored.has(id)),
      doubled: [...stored.values()].filter((times) => times > 1).length,
      gaps: lastSeq - rows,
      disordered: [...disordered],
      expected: { ...expectedOf(steps), events: rows },
    }
  } finally {
    db.close()
  }
}

/** Whether the server counts what the log means. */
export const agrees = (totals: Record<string, number>, { expected }: Verdict) =>
  Object.entries(expected).every(([what, count]) => totals[what] === count)
