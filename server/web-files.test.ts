import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { webFiles } from './web-files.ts'

const NOW = Date.parse('2026-02-10T12:00:00Z')
let dist: string
let builds = 0
const build = (script: string) => {
  writeFileSync(join(dist, 'index.html'), `<html><head></head><script src="${script}"></script>`)
  // Two builds within a second are two all the same.
  utimesSync(join(dist, 'index.html'), 1000, 1000 + ++builds)
}
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'domovoi-dist-'))
  mkdirSync(join(dist, 'assets'))
  build('/assets/a.js')
})
afterEach(() => rmSync(dist, { recursive: true }))

const versionIn = (html: string) => /<meta name="version" content="(\w+)">/.exec(html)?.[1]

test('a page carries the version of its app, and /alive tells a page that is open of a new one', async () => {
  const app = webFiles(dist, { now: () => NOW })
  const alive = async () => (await app.request('/alive')).json()
  const before = versionIn(await (await app.request('/wall')).text())
  expect(before).toMatch(/^[0-9a-f]{12}$/)
  expect(await alive()).toEqual({ version: before, now: NOW, pinned: false })
  build('/assets/b.js')
  const after = versionIn(await (await app.request('/')).text())
  expect(after).not.toBe(before)
  expect(await alive()).toMatchObject({ version: after })
  build('/assets/a.js')
  expect(await alive()).toMatchObject({ version: before })
})

test('what /alive tells is never kept by anybody between', async () => {
  const answer = await webFiles(dist, { now: () => NOW, pinned: true }).request('/alive')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await answer.json()).toMatchObject({ pinned: true })
})
