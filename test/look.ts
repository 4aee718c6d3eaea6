import { parseArgs } from 'node:util'
import { launchBrowser } from './browser.ts'

/** Takes a picture of a page: `node test/look.ts URL FILE.png --width 1440 --height 900 --scheme dark --lang kk --full --wait 1500 --scale 1`. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '1440' },
    height: { type: 'string', default: '900' },
    scheme: { type: 'string', default: 'light' },
    lang: { type: 'string', default: 'ru' },
    wait: { type: 'string', default: '1500' },
    scale: { type: 'string', default: '1' },
    full: { type: 'boolean', default: false },
    click: { type: 'string' },
  },
})
const [url, file] = positionals
if (!url || !file) throw new Error('usage: node test/look.ts URL FILE.png')
const browser = await launchBrowser()
const page = await browser.newPage({
  viewport: { width: Number(values.width), height: Number(values.height) },
  deviceScaleFactor: Number(values.scale),
  colorScheme: values.scheme === 'dark' ? 'dark' : 'light',
})
await page.addInitScript((language) => localStorage.setItem('language', language), values.lang)
page.on('console', (message) => message.type() === 'error' && console.error(message.text()))
page.on('pageerror', (error) => console.error('page error:', error.message))
page.on('request', (request) => {
  if (
    new URL(request.url()).protocol.startsWith('http') &&
    new URL(request.url()).origin !== new URL(url).origin
  )
    console.error('off origin:', request.url())
})
await page.goto(url, { waitUntil: 'load' })
await page.waitForTimeout(Number(values.wait))
if (values.click) {
  await page.click(values.click)
  await page.waitForTimeout(600)
}
await page.screenshot({ path: file, fullPage: values.full })
await browser.close()
