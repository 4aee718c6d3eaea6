import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { FACTS } from '#test/dossier.ts'
import { dossierHash, dossierOf } from './dossier.ts'
import { dossierPdf } from './dossier-pdf.ts'

const job = () => ({
  dossier: dossierOf(FACTS, 'kk'),
  hash: dossierHash(FACTS),
  later: [],
  at: FACTS.period.cut,
})

test('the same dossier printed twice is the same bytes, with its own typeface and no date but the cut', async () => {
  const [one, other] = [await dossierPdf(job()), await dossierPdf(structuredClone(job()))]
  expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true)
  const text = Buffer.from(one).toString('latin1')
  expect(text.startsWith('%PDF-')).toBe(true)
  expect(text.match(/\/FontFile2/g)?.length).toBe(2)
  expect(text).toContain('GolosText')
  expect(text.match(/\(D:\d+Z?\)/g)).toEqual(['(D:20261114190000Z)', '(D:20261114190000Z)'])
}, 60_000)

test('another figure is another file', async () => {
  const other = { ...FACTS, z: FACTS.z + 0.01 }
  const file = await dossierPdf({ ...job(), dossier: dossierOf(other, 'kk') })
  expect(Buffer.from(file).equals(Buffer.from(await dossierPdf(job())))).toBe(false)
}, 60_000)

test('sheets are drawn, not left white', async () => {
  const bytes = Buffer.from(await dossierPdf(job()))
  const streams = bytes.toString('latin1').matchAll(/stream\n([\s\S]*?)\nendstream/g)
  const drawn = Array.from(streams, ([, body = '']) => body).flatMap((body) => {
    try {
      return [inflateSync(Buffer.from(body, 'latin1')).toString('latin1')]
    } catch {
      return []
    }
  })
  expect(drawn.filter((page) => page.includes(' Tf')).length).toBeGreaterThan(3)
}, 60_000)
