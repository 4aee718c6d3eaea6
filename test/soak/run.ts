import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { USUAL_SETTING } from '#server/contract/screens.ts'
import { launchBrowser } from '../browser.ts'
import { ROOT } from '../running.ts'
import { createProxy, type Mode } from './proxy.ts'
import { type Look, openScreen, type Sample } from './screen.ts'
import { createServed } from './served.ts'
import { startTraffic } from './traffic.ts'

/** A city whose clocks go back in the night the soak is lived in: at 03:00 on 25 October 2026. */
const ZONE = 'Europe/Berlin'
const EVENING = Date.parse('2026-10-24T23:40:00+02:00')
const BEFORE_MIDNIGHT = Date.parse('2026-10-24T23:59:50+02:00')
const BEFORE_CHANGE = Date.parse('2026-10-25T02:59:50+02:00')
const MINUTE = 60_000
/** In the first half: the second is for the heap. */
const LOSSES = 20

export interface Outcome {
  minutes: number
  samples: Sample[]
  /** Of the seconds in which somebody looked. */
  looks: Record<Look, number>
  /** Where a look found neither scene nor banner. */
  bad: string[]
  /** Seconds from the beginning of each silence to its banner; null = none came. */
  banners: { what: string; seconds: number | null }[]
  /** Seconds from the end of each silence until the scenes were of now again. */
  returns: { what: string; seconds: number | null }[]
  contexts: { lost: number; back: number }
  /** What a browser showed that was started while the server was away, and whether it was marked. */
  restarted: { look: Look; text: string }
  events: number
  refused: number
  faults: string[]
}

interface Tellings {
  tell: (line: string) => void
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Lives through everything that happens to a wall, in so many minutes. */
export async function soak(minutes: number, { tell }: Tellings): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'domovoi-soak-'))
  seed(folder)
  const port = await freePort()
  const served = createServed(folder, port, EVENING - Date.now())
  await served.start()
  const url = `http://127.0.0.1:${port}`
  const proxy = await createProxy(port)
  const browser = await launchBrowser()
  const screen = await openScreen(browser, proxy.url)
  await letIn(url, await screen.code())
  await until(async () => (await screen.look()) === 'scene', 60_000)
  const traffic = await startTraffic(served, url)

  const began = performance.now()
  const whole = minutes * MINUTE
  const since = () => performance.now() - began
  const outcome: Outcome = {
    ...{ minutes, samples: [], bad: [], banners: [], returns: [], faults: screen.faults },
    looks: { scene: 0, banner: 0, pairing: 0, blank: 0, page: 0 },
    contexts: { lost: 0, back: 0 },
    restarted: { look: 'blank', text: '' },
    ...{ events: 0, refused: 0 },
  }
  const look = async (what: string) => {
    const seen = await screen.look()
    outcome.looks[seen]++
    if (seen !== 'scene' && seen !== 'banner')
      outcome.bad.push(`${Math.round(since() / 1000)} s, ${what}: ${seen}`)
    return seen
  }
  const silence = async (
    what: string,
    lastsMs: number,
    during: () => Promise<void>,
    after: () => Promise<void>,
  ) => {
    tell(`${what}, ${Math.round(lastsMs / 1000)} s`)
    const from = performance.now()
    await during()
    let banner: number | null = null
    while (performance.now() - from < lastsMs) {
      if ((await look(what)) === 'banner') banner ??= (performance.now() - from) / 1000
      await pause(250)
    }
    outcome.banners.push({ what, seconds: banner })
    const over = performance.now()
    await after()
    const back = await until(async () => (await look(what)) === 'scene', 60_000)
    outcome.returns.push({ what, seconds: back ? (performance.now() - over) / 1000 : null })
  }
  const through = (mode: Mode) => async () => proxy.set(mode)
  /** Long enough for a banner, and a tenth of a long soak's quarter of an hour. */
  const short = Math.max(18_000, Math.min(75_000, whole / 48))
  const acts: [share: number, what: string, act: () => Promise<void>][] = [
    [
      0.1,
      'the clock of the server five minutes on',
      async () => served.setClock(served.now() + 5 * MINUTE),
    ],
    [0.13, 'and back', async () => served.setClock(served.now() - 5 * MINUTE)],
    [0.17, 'midnight', async () => served.setClock(BEFORE_MIDNIGHT)],
    [
      0.22,
      'the server restarts',
      async () => {
        await served.end('SIGTERM')
        await served.start()
      },
    ],
    [0.28, '', () => silence('the network is cut', short, through('cut'), through('pass'))],
    [0.42, '', () => silence('a proxy holds everything', short, through('hold'), through('pass'))],
    [0.54, 'a proxy buffers', through('buffer')],
    [0.6, 'and passes again', through('pass')],
    [0.62, 'the clocks go back', async () => served.setClock(BEFORE_CHANGE)],
    [
      0.66,
      '',
      () =>
        silence(
          'the server is killed',
          short,
          () => served.end('SIGKILL'),
          () => served.start(),
        ),
    ],
    [0.78, 'the clock of the machine five minutes on', () => screen.setMachineClock(5 * MINUTE)],
    [0.8, 'and five minutes behind', () => screen.setMachineClock(-5 * MINUTE)],
    [0.82, 'and right again', () => screen.setMachineClock(0)],
  ]
  const losses = Array.from({ length: LOSSES }, (_, i): (typeof acts)[number] => [
    0.08 + (0.42 * i) / LOSSES,
    '',
    async () => {
      outcome.contexts.lost++
      if (await screen.loseContext()) outcome.contexts.back++
    },
  ])
  const due = [...acts, ...losses].sort(([a], [b]) => a - b)
  const sampleEach = Math.max(4000, Math.min(30_000, whole / 100))
  let sampledAt = Number.NEGATIVE_INFINITY
  while (since() < whole) {
    const next = due[0]
    if (next && since() >= next[0] * whole) {
      due.shift()
      if (next[1]) tell(`${Math.round(since() / 1000)} s: ${next[1]}`)
      await next[2]().catch((cause) => outcome.bad.push(`${next[1] || 'an act'}: ${String(cause)}`))
      continue
    }
    await look('watching')
    if (since() - sampledAt >= sampleEach) {
      sampledAt = since()
      const sample = await screen.sample(sampledAt)
      outcome.samples.push(sample)
      tell(
        `${Math.round(sample.at / 1000)} s: ${(sample.heap / 1e6).toFixed(2)} MB, ${sample.nodes} nodes, ${sample.listeners} listeners`,
      )
    }
    await pause(1000)
  }

  tell('the browser starts while the server is away')
  await pause(Math.max(0, 35_000 - short))
  await served.end('SIGKILL')
  await screen.restart()
  await until(async () => (await screen.look()) === 'banner', 15_000)
  outcome.restarted = { look: await screen.look(), text: await screen.text() }
  traffic.stop()
  outcome.events = traffic.sent()
  outcome.refused = traffic.refused()
  await screen.close()
  await browser.close()
  await proxy.close()
  rmSync(folder, { recursive: true, force: true })
  return outcome
}

function seed(folder: string) {
  const args = [
    'server/cli.ts',
    'seed',
    '--preset',
    'tiny',
    '--until',
    new Date(EVENING).toISOString(),
  ]
  const env = { ...process.env, DOMOVOI_DATA: folder }
  const done = spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`seed: ${done.stderr}`)
  const file = join(folder, 'city.json')
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), zone: ZONE }))
}

async function letIn(url: string, code: string) {
  const scenes = USUAL_SETTING.scenes.map(({ scene }) => ({ scene, seconds: 8 }))
  const setting = { ...USUAL_SETTING, scenes, languages: ['ru', 'kk', 'en'] }
  const answer = await fetch(`${url}/trpc/screens.approve`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, name: 'Soak', setting }),
  })
  if (!answer.ok) throw new Error(`the screen was not let in: ${await answer.text()}`)
}

async function until(holds: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs
  while (performance.now() < end) {
    if (await holds()) return true
    await pause(250)
  }
  return false
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
