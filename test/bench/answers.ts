import { get } from 'node:http'
import { launchBrowser } from '../browser.ts'
import { ask, ingest, type Running } from '../running.ts'
import { type Figure, quantile, spread } from './measure.ts'

const COLD = 15
const WARM = 40

interface Question {
  procedure: string
  input: unknown
}

/**
 * What each page asks, recorded from a real browser and asked again one by one over HTTP. Cold: the facts have changed and,
 * where there is a period, the period is one never asked before. Warm: the same question again.
 */
export async function benchAnswers(server: Running, requests: string): Promise<Figure[]> {
  await evaluated(server)
  const pages = await pagesOf(server)
  const live = follow(server.url)
  const figures: Figure[] = []
  let sample = 0
  try {
    for (const [page, questions] of pages) {
      const cold: number[] = []
      const warm: number[] = []
      let slowest = { procedure: '', p95: 0 }
      for (const question of questions) {
        const times: number[] = []
        for (let round = 0; round < COLD; round += 1) {
          sample += 1
          const changed = live.next()
          await ingest(server.url, [touch(server, sample)])
          await changed
          times.push(await timed(server.url, never(question, server.now, sample)))
        }
        const p95 = quantile(times, 0.95)
        if (p95 > slowest.p95) slowest = { procedure: question.procedure, p95 }
        cold.push(...times)
        for (let round = 0; round < WARM; round += 1)
          warm.push(await timed(server.url, never(question, server.now, sample)))
      }
      const size = `${requests} requests, ${questions.length} questions`
      figures.push(
        {
          what: `${page}, cold`,
          size,
          measured: `${spread(cold)}; slowest ${slowest.procedure} ${Math.round(slowest.p95)} ms`,
          target: 'p95 at most 50 ms',
          holds: quantile(cold, 0.95) <= 50,
        },
        {
          what: `${page}, warm`,
          size,
          measured: spread(warm),
          target: 'p95 at most 10 ms',
          holds: quantile(warm, 0.95) <= 10,
        },
      )
    }
  } finally {
    live.close()
  }
  return figures
}

/** After a start the evaluation of the night runs once, and the past is read for outages; what pages cost on the day that follows is measured when the server rests. */
async function evaluated(server: Running) {
  for (;;) {
    const { counted } = (await ask(server.url, 'flags.list')) as { counted: string | null }
    const before = server.processorSeconds()
    await new Promise((resolve) => setTimeout(resolve, 2000))
    if (counted === null && server.processorSeconds() - before < 0.3) return
  }
}

async function pagesOf(server: Running): Promise<Map<string, Question[]>> {
  const browser = await launchBrowser()
  const recorded = new Map<string, Question[]>()
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  let current: Question[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (!url.pathname.startsWith('/trpc/')) return
    const inputs = JSON.parse(url.searchParams.get('input') ?? '{}') as Record<string, unknown>
    url.pathname
      .slice('/trpc/'.length)
      .split(',')
      .forEach((procedure, index) => {
        const question = { procedure, input: inputs[index] }
        if (!current.some((known) => JSON.stringify(known) === JSON.stringify(question)))
          current.push(question)
      })
  })
  const visit = async (name: string, path: string) => {
    current = []
    await page.goto(server.url + path)
    await page.waitForTimeout(4000)
    recorded.set(
      name,
      current.filter(({ procedure }) => !procedure.startsWith('shell.')),
    )
  }
  await visit('Overview', '/')
  await visit('Map', '/map')
  await visit('Organizations', '/organizations')
  await page.goto(`${server.url}/buildings`)
  const building = await page
    .locator('a[href^="/buildings/"]')
    .first()
    .getAttribute('href', { timeout: 20_000 })
  await visit('Building', building ?? '/buildings')
  await browser.close()
  return recorded
}

const touch = ({ pid, now }: Running, sample: number) => ({
  type: 'request.registered',
  id: `bench-touch:${pid}:${sample}`,
  source: 'bench',
  occurredAt: now,
  request: `bench-touch-${pid}-${sample}`,
})

/** The question with a period that begins on a day of its own. */
function never({ procedure, input }: Question, now: number, sample: number): Question {
  if (typeof input !== 'object' || input === null || !('filter' in input))
    return { procedure, input }
  const from = new Date(now - (390 - (sample % 180)) * 86_400_000).toISOString().slice(0, 10)
  return { procedure, input: { ...input, filter: { ...(input.filter as object), from } } }
}

async function timed(url: string, { procedure, input }: Question): Promise<number> {
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
  const startedAt = performance.now()
  const answer = await fetch(`${url}/trpc/${procedure}${query}`)
  const text = await answer.text()
  const took = performance.now() - startedAt
  if (!answer.ok) throw new Error(`${procedure}: ${answer.status} ${text.slice(0, 300)}`)
  return took
}

/** The feed: `next` resolves with the next frame, after the facts have committed. */
function follow(url: string) {
  let heard: (() => void) | undefined
  const stream = get(`${url}/live`, (answer) => {
    answer.on('data', (chunk: Buffer) => {
      if (chunk.includes('data:')) heard?.()
    })
  })
  return {
    next: () =>
      new Promise<void>((resolve) => {
        heard = resolve
      }),
    close: () => stream.destroy(),
  }
}
