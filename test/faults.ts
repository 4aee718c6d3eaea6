import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Figure, machine, table } from './bench/measure.ts'
import { damageOften } from './faults/damages.ts'
import { fillDisk } from './faults/full-disk.ts'
import { killOften } from './faults/kills.ts'

/** `npm run faults [-- --kills 100 --damages 40 --seed 1 --short]`: what must not happen, tried for real. */
const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    damages: { type: 'string' },
    seed: { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
})
const seed = Number(values.seed)
const kills = Number(values.kills ?? (values.short ? 5 : 100))
const damages = Number(values.damages ?? (values.short ? 3 : 40))
const wanted = (name: string) => !values.only || values.only.includes(name)
const note = (line: string) => process.stderr.write(`${line}\n`)
const folder = mkdtempSync(join(tmpdir(), 'domovoi-faults-'))
const figures: Figure[] = []

if (wanted('kills')) {
  const found = await killOften(join(folder, 'kills'), { kills, seed, note })
  const size = `${found.kills} kills, ${found.acknowledged} events acknowledged`
  const none = (what: string, count: number) => ({
    what,
    size,
    measured: String(count),
    target: '0',
    holds: count === 0,
  })
  const slowest = Math.max(...found.readyMs)
  figures.push(
    none('acknowledged and lost', found.lost),
    none('stored twice, or a gap', found.doubled),
    none('requests out of order', found.disordered),
    none('wrong totals after a restart', found.wrongTotals),
    {
      what: 'ready again',
      size,
      measured: `${(slowest / 1000).toFixed(1)} s at most`,
      target: 'at most 5 s',
      holds: slowest <= 5000,
    },
  )
}
if (wanted('damages')) {
  const seconds = values.short ? 1 : 5
  const found = await damageOften(join(folder, 'damages'), { damages, seed, seconds, note })
  const right = found.filter((damage) => damage.right).length
  const rebuilt = found.filter((damage) => damage.rebuilt).length
  const slowest = Math.max(...found.map((damage) => damage.answeredMs))
  figures.push({
    what: 'damaged facts, every answer right',
    size: `${found.length} damages, ${rebuilt} rebuilt`,
    measured: `${right} right, answered in ${(slowest / 1000).toFixed(1)} s at most`,
    target: 'all right',
    holds: right === found.length,
  })
}
if (wanted('disk')) {
  const found = await fillDisk(join(folder, 'disk'), { seed, note })
  const size = `${found.refused} batches refused`
  const figure = (what: string, measured: string, target: string, holds: boolean) =>
    figures.push({ what, size, measured, target, holds })
  if (found.skipped) figure('full disk', `skipped: ${found.skipped}`, '', true)
  else {
    figure('false acknowledgements on a full disk', String(found.lost), '0', found.lost === 0)
    figure('reads on a full disk', found.readWhileFull ? 'yes' : 'no', 'yes', found.readWhileFull)
    figure(
      'health on a full disk',
      String(found.healthWhileFull),
      '503',
      found.healthWhileFull === 503,
    )
    figure(
      'recovered by itself',
      `${(found.recoveredMs / 1000).toFixed(1)} s`,
      'at most 10 s',
      found.recoveredMs <= 10_000 && found.sameProcess,
    )
    figure('totals afterwards', found.totalsRight ? 'right' : 'wrong', 'right', found.totalsRight)
  }
}
rmSync(folder, { recursive: true, force: true })
process.stdout.write(`\n${machine()}, seed ${seed}\n\n${table(figures)}\n`)
process.exitCode = figures.every(({ holds }) => holds) ? 0 : 1
