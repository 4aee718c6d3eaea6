import { parseArgs } from 'node:util'
import { soak } from './soak/run.ts'
import { tableOf } from './soak/table.ts'

/** `npm run soak [-- --minutes 60]`: a wall in a real browser through restarts, cuts, clocks and lost contexts. */
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } })
const tell = (line: string) => process.stderr.write(`${line}\n`)
const outcome = await soak(Number(values.minutes), { tell })
const rows = tableOf(outcome)
process.stdout.write(
  `\n${outcome.minutes} minutes, ${outcome.events} events, ${outcome.refused} not taken\n\n`,
)
for (const { what, measured, target, holds } of rows)
  process.stdout.write(
    `${holds ? 'holds' : 'FAILS'}  ${what}\n       ${measured}\n       target: ${target}\n`,
  )
process.exitCode = rows.every(({ holds }) => holds) ? 0 : 1
