import { parseArgs } from 'node:util'
import { addressFigure } from './bench/addresses.ts'
import { benchAnswers } from './bench/answers.ts'
import { bundleFigure } from './bench/bundle.ts'
import { clockFigures } from './bench/clocks.ts'
import { benchEvaluation } from './bench/evaluation.ts'
import { benchFacts } from './bench/facts.ts'
import { cityFolder, importFigure } from './bench/folders.ts'
import { benchIngest } from './bench/ingest.ts'
import { benchLive } from './bench/live.ts'
import { benchMap } from './bench/map.ts'
import { type Figure, machine, table } from './bench/measure.ts'
import { benchOrganizations } from './bench/organizations.ts'
import { outageFigure } from './bench/outages.ts'
import { benchReplay } from './bench/replay.ts'
import { benchScreens } from './bench/screens.ts'
import { yearsBack } from './bench/years-back.ts'
import { ask, startServer } from './running.ts'

/** `npm run bench -- --preset city --only answers`: measures the product as it runs, beside its targets. Figures, not a gate. */
const { values } = parseArgs({
  options: {
    preset: { type: 'string', default: 'city' },
    only: { type: 'string', multiple: true },
    /** Of a crowd of screens; without it ten minutes of 5,000 and two of 10,000. */
    seconds: { type: 'string' },
  },
})
const wanted = (name: string) => !values.only || values.only.includes(name)
const figures: Figure[] = []
const note = (...more: Figure[]) => {
  figures.push(...more)
  process.stderr.write(`${table(more)}\n`)
}

if (wanted('bundle')) note(bundleFigure())
if (wanted('clocks')) note(...clockFigures())
if (wanted('address')) note(addressFigure())
if (wanted('ingest')) note(...(await benchIngest()))
if (wanted('import')) note(...(await importFigure()))
if (wanted('map')) {
  note(...(await benchMap(7000, 1500)))
  note(...(await benchMap(100_000, 3000)))
}
if (wanted('outages')) {
  const { folder, requests, now } = await cityFolder(values.preset)
  note(outageFigure(folder, requests, now))
}
if (wanted('evaluation')) {
  const { folder, ...size } = await cityFolder(values.preset)
  note(...(await benchEvaluation(folder, size)))
}
if (wanted('organizations')) {
  const { folder, ...size } = await cityFolder(values.preset)
  note(...(await benchOrganizations(folder, { ...size, most: 120 })))
}
// Ten years of it are made first, some gigabytes: only when it is asked for by name.
if (values.only?.includes('years')) {
  const { folder, ...size } = await cityFolder(values.preset)
  const requests = `ten times ${size.requests}`
  note(
    ...(await benchOrganizations(await yearsBack(folder, values.preset), {
      ...size,
      requests,
      most: 300,
    })),
  )
}
if (wanted('facts')) note(...(await benchFacts((await cityFolder(values.preset)).folder)))
if (['start', 'answers', 'live', 'replay'].some(wanted)) {
  const { folder, requests, now } = await cityFolder(values.preset)
  const startedAt = performance.now()
  const server = await startServer(folder, now)
  try {
    await ask(server.url, 'requests.summary', {})
    const took = performance.now() - startedAt
    if (wanted('start'))
      note({
        what: 'start to the first correct answer',
        size: `${requests} requests`,
        measured: `${(took / 1000).toFixed(1)} s`,
        target: 'at most 3 s',
        holds: took <= 3000,
      })
    if (wanted('answers')) note(...(await benchAnswers(server, requests)))
    if (wanted('live')) note(...(await benchLive(server, requests)))
    if (wanted('replay')) note(...(await benchReplay(server, requests)))
    const memory = server.memory()
    note({
      what: 'memory of the server under this mix',
      size: `${requests} requests`,
      measured: `${memory.now} MB now, ${memory.most} MB at most`,
      target: 'at most 700 MB',
      holds: memory.most <= 700,
    })
  } finally {
    await server.stop()
  }
}
// Takes a quarter of an hour: only when it is asked for by name.
if (values.only?.includes('screens')) {
  const { folder } = await cityFolder('tiny')
  for await (const figure of benchScreens(
    folder,
    values.seconds ? Number(values.seconds) : undefined,
  ))
    note(figure)
}
process.stdout.write(`\n${machine()}\n\n${table(figures)}\n`)
