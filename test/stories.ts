import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readCity } from '#server/config.ts'
import { takeLock } from '#server/lock.ts'
import { openHouse } from '#server/open.ts'
import { cityFolder } from './bench/folders.ts'
import { type Figure, machine, quantile, table } from './bench/measure.ts'
import { type CompanyTruth, companyStories } from './stories/companies.ts'
import { type IntegrityTruth, integrityStories } from './stories/integrity.ts'
import { outageStory, outageTruth, TELLING } from './stories/outages.ts'

/** `npm run stories -- --preset demo` or `city`: what the product says of Domograd beside the truth that was planted in it. */
const { values } = parseArgs({
  options: { preset: { type: 'string', default: 'demo' }, folder: { type: 'string' } },
})
const { folder, now, requests } = values.folder
  ? { folder: values.folder, ...endOf(values.folder), requests: 'its' }
  : await cityFolder(values.preset)
const city = readCity(folder)
if (!city) throw new Error(`${folder} holds no city`)
const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as CompanyTruth &
  IntegrityTruth
const clock = () => performance.now()
const lock = takeLock(folder, { pid: process.pid, command: 'stories' })
const house = await openHouse({
  ...{ dataDir: folder, city, now: () => now, newId: randomUUID, clock },
  report: (where, cause) => process.stderr.write(`${where}: ${String(cause)}\n`),
})

function endOf(dataDir: string) {
  const { end } = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as { end: number }
  return { now: end }
}

const share = (found: number, of: number) =>
  of === 0 ? 'none planted' : `${found} of ${of} (${Math.round((100 * found) / of)} %)`
const said = (words: readonly string[]) => (words.length === 0 ? 'nobody' : words.join(', '))

try {
  const { context } = house
  const companies = await companyStories(context, truth, clock)
  const integrity = await integrityStories(context, truth)
  const figures: Figure[] = []
  const stories = Map.groupBy(companies.planted, ({ story }) => story)
  for (const [story, planted] of stories) {
    const found = planted.filter((one) => one.found)
    figures.push({
      what: `recall, ${story}`,
      size: said(planted.map(({ organization, flagged }) => `${organization}: ${said(flagged)}`)),
      measured: share(found.length, planted.length),
      target: story === 'bad: reopening' ? 'the method finds 4 of 10' : 'found',
      holds: found.length >= planted.length * (story === 'bad: reopening' ? 0.4 : 1),
    })
  }
  for (const { organization, found } of companies.good)
    figures.push({
      ...{ what: 'good practice', size: organization, measured: found ? 'seen' : 'not seen' },
      ...{ target: 'seen where there is enough of it', holds: true },
    })
  for (const { story, organization, asked, found } of integrity.stories)
    figures.push({
      ...{ what: `recall, ${story}`, size: `${organization}: ${said(asked)}` },
      ...{ measured: found ? 'found' : 'missed', target: 'found', holds: found },
    })
  // Whoever plays a part in a story is not blameless; an inspection that helped had something to help.
  const planted = new Set(
    truth.companies.flatMap(({ organization, part }) => (part === null ? [] : [organization])),
  )
  const rightly = companies.flagged.filter((organization) => planted.has(organization))
  figures.push(
    {
      what: 'precision of flags',
      size: said(companies.flagged),
      measured: share(rightly.length, companies.flagged.length),
      target: 'at most 1 flagged is blameless',
      holds: companies.accused.length <= 1,
    },
    {
      what: 'blameless companies flagged',
      size: `${truth.blameless.length} blameless: ${said(companies.accused.map(({ organization, flagged }) => `${organization} ${flagged.join(' ')}`))}`,
      measured: String(companies.accused.length),
      target: 'at most 1',
      holds: companies.accused.length <= 1,
    },
    {
      what: 'blameless companies asked by integrity',
      size: `${integrity.questions} questions: ${said(integrity.accused.map(({ organization, asked }) => `${organization} ${asked.join(' ')}`))}`,
      measured: String(integrity.accused.length),
      target: 'at most 1',
      holds: integrity.accused.length <= 1,
    },
    {
      what: 'the company of two houses on top',
      size: 'first by the lower bound, or flagged',
      measured: companies.smallOnTop ? 'yes' : 'never',
      target: 'never',
      holds: !companies.smallOnTop,
    },
    {
      what: 'one monthly evaluation',
      size: `${requests} requests`,
      measured: `${Math.round(Math.max(...companies.took))} ms`,
      target: 'at most 10 s',
      holds: Math.max(...companies.took) <= 10_000,
    },
  )
  const { registry, log } = context
  const outages = outageStory({ truth: outageTruth(folder), registry, log, zone: city.zone }, clock)
  const found = outages.planted.filter(({ delay }) => delay !== null)
  const sized = outages.planted.filter(({ buildings }) => buildings >= 8 && buildings <= 30)
  const large = sized.filter(({ calls }) => calls >= TELLING)
  const largeFound = large.filter(({ delay }) => delay !== null)
  const delays = largeFound.map(({ delay }) => delay ?? 0)
  figures.push(
    {
      what: 'recall, outages of 8 to 30 houses',
      size: `${found.length} of ${outages.planted.length} of any size; ${sized.length - large.length} with fewer than ${TELLING} calls so far`,
      measured: share(largeFound.length, large.length),
      target: 'all',
      holds: largeFound.length === large.length,
    },
    {
      what: 'median delay of a suspicion',
      size: 'outages of 8 to 30 houses',
      measured: `${quantile(delays, 0.5).toFixed(1)} min`,
      target: 'at most 6 min',
      holds: quantile(delays, 0.5) <= 6,
    },
    {
      what: 'false alarms of outages',
      size: `${outages.months.toFixed(1)} months`,
      measured: `${outages.falseAlarms.length}, ${(outages.falseAlarms.length / outages.months).toFixed(2)} a month`,
      target: 'at most 1 a month',
      holds: outages.falseAlarms.length <= outages.months,
    },
  )
  process.stdout.write(`\n${machine()}\n\n${table(figures)}\n`)
} finally {
  await house.close()
  lock.release()
}
