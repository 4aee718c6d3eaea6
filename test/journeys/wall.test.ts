import { afterAll, beforeAll, expect, test } from 'vitest'
import { SCENES } from '#server/contract/screens.ts'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import { readWall } from '../legibility.ts'
import { raiseStage, type Stage } from './stage.ts'

/** At 1080p: no text smaller, no key figure smaller, read from five metres. */
const TEXT_PX = 28
const FIGURE_PX = 120
const SOON = { timeout: 60_000 }

let stage: Stage
beforeAll(async () => {
  stage = await raiseStage()
})
afterAll(() => stage?.close())

test.for([
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
])(
  'every text of every scene is legible from five metres at $width by $height, in three languages',
  { timeout: 300_000 },
  async ({ width, height }) => {
    const larger = width / 1920
    const page = await stage.open('/wall?scene=1', { width, height, scheme: 'dark' })
    for (const lang of LANGUAGES)
      for (const [at, scene] of SCENES.entries()) {
        await page.goto(`${stage.server.url}/wall?scene=${at + 1}&lang=${lang}`)
        await page.locator(`section[data-scene="${scene}"][data-on="true"] h1`).waitFor(SOON)
        await page.evaluate(() => document.fonts.ready)
        const { texts, cut, touching } = await page.evaluate(readWall)
        const where = `${scene} ${lang}`
        expect([where, texts.filter(({ size }) => size < TEXT_PX * larger)]).toEqual([where, []])
        const keys = texts.filter(({ key }) => key)
        expect([where, keys.filter(({ size }) => size < FIGURE_PX * larger)]).toEqual([where, []])
        expect([where, cut, touching]).toEqual([where, [], []])
        expect(texts.length).toBeGreaterThan(6)
      }
    await stage.clear()
    expect(stage.faults).toEqual([])
  },
)
