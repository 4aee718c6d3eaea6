import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { ROWS, type Row } from './power/scenarios.ts'
import { HEADER, holds, lineOf } from './power/table.ts'
import { nothing, type Tally } from './power/worlds.ts'

/**
 * `npm run power -- --worlds 200 --only K --only A`: how often the engine of levels finds planted offenders and accuses others, on
 * fresh worlds of 300 companies and a million requests, beside what the method demands. An evaluation asks only the measures
 * of its row, as in the worked worlds; --family asks all measures of the product in each, which are one family of tests then.
 * Figures, not a gate of the tests.
 */
const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '200' },
    only: { type: 'string', multiple: true },
    workers: { type: 'string', default: '2' },
    family: { type: 'boolean', default: false },
  },
})
const worlds = Number(values.worlds)
const rows = ROWS.filter(({ name }) => !values.only || values.only.includes(name))
const startedAt = performance.now()
process.stdout.write(`${worlds} worlds each\n${HEADER}\n`)
let all = true
for (const row of rows) {
  const sum = await inWorkers(row, Math.max(1, Number(values.workers)))
  all = holds(row, sum) && all
  process.stdout.write(`${lineOf(row, sum)}\n`)
}
process.stdout.write(`\n${((performance.now() - startedAt) / 1000).toFixed(0)} s\n`)
process.exitCode = all ? 0 : 1

async function inWorkers(row: Row, workers: number): Promise<Tally> {
  const share = Math.ceil(worlds / workers)
  const tallies = await Promise.all(
    Array.from({ length: workers }, (_, i) =>
      inWorker(row.name, i * share, Math.min(worlds, (i + 1) * share)),
    ),
  )
  const sum = nothing()
  for (const one of tallies)
    for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += one[key]
  return sum
}

function inWorker(name: string, from: number, to: number): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./power/worker.ts', import.meta.url), {
      workerData: { name, from, to, family: values.family },
    })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}
