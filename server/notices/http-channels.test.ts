import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { prove } from '#server/sources/signature.ts'
import { aMessage, aRecipient } from '#test/notices.ts'
import type { NoticesSettings } from './settings.ts'
import { telegramSender } from './telegram.ts'
import { webhookSender } from './webhook.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const NOW = Date.parse('2026-02-10T17:00:00+05:00')
const close: (() => void)[] = []
afterEach(() => {
  for (const one of close.splice(0)) one()
})

interface Got {
  url: string
  headers: IncomingMessage['headers']
  body: Buffer
}

/** A receiver on this machine, and what it was given. */
async function receiver(answer: (got: Got, response: ServerResponse) => void) {
  const got: Got[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const one = { url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) }
      got.push(one)
      answer(one, response)
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  close.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { got, port: (server.address() as AddressInfo).port }
}
const ok = (_: Got, response: ServerResponse) => void response.end('{"ok":true}')

const settingsOf = (more: Partial<NoticesSettings>): NoticesSettings => ({
  ...{ smtp: null, telegram: null, webhooks: [], publicUrl: null },
  ...more,
})

describe('a webhook', () => {
  const hook = (
    port: number,
    address = `http://127.0.0.1:${port}/hook?key=1`,
    more = {},
    milliseconds = 20_000,
  ) =>
    webhookSender({
      settings: () =>
        settingsOf({
          webhooks: [
            {
              host: `127.0.0.1:${port}`,
              secret: SECRET,
              privateNetwork: true,
              http: true,
              ...more,
            },
          ],
        }),
      zone: 'Asia/Almaty',
      now: () => NOW,
      milliseconds,
    })({ message: aMessage(), recipient: aRecipient({ address }) })

  test('is signed so that the receiver of this product itself would take it', async () => {
    const { got, port } = await receiver(ok)
    expect(await hook(port)).toEqual({ ok: true, detail: 'HTTP 200' })
    const [one] = got
    const header = (name: string) => String(one?.headers[name])
    const signed = {
      id: header('webhook-id'),
      timestamp: header('webhook-timestamp'),
      signature: header('webhook-signature'),
    }
    prove(signed, one?.body ?? Buffer.of(), [SECRET], NOW)
    expect([signed.id, header('idempotency-key')]).toEqual(['m-1', 'm-1'])
    expect(() => prove(signed, Buffer.from('{}'), [SECRET], NOW)).toThrow('does not match')
    expect(JSON.parse(String(one?.body))).toMatchObject({
      id: 'm-1',
      type: 'notices.news',
      timestamp: '2026-02-10T17:00:00+05:00',
      data: { began: { count: 1, lines: [{ request: '1-77', building: 'b-4', value: 125 }] } },
    })
  })

  test.for([
    [500, false],
    [503, false],
    [429, false],
    [408, false],
    [400, true],
    [404, true],
    [410, true],
    [302, true],
  ] as const)('status %i: final %s', async ([status, final]) => {
    const { got, port } = await receiver((_, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' })
      response.end()
    })
    expect(await hook(port)).toMatchObject({ ok: false, final })
    expect(got).toHaveLength(1)
  })

  test('when to come again is believed', async () => {
    const { port } = await receiver((_, response) => {
      response.writeHead(503, { 'retry-after': '77' })
      response.end()
    })
    expect(await hook(port)).toMatchObject({ ok: false, retryAfterMs: 77_000 })
  })

  test.for([
    ['hangs', () => {}],
    [
      'drips',
      (_: Got, response: ServerResponse) => {
        response.writeHead(200)
        const drip = setInterval(() => response.write('.'), 50)
        close.push(() => clearInterval(drip))
      },
    ],
    ['breaks off', (_: Got, response: ServerResponse): void => void response.destroy()],
  ] as const)('a receiver that %s is tried again later', async ([, answer]) => {
    const { port } = await receiver(answer)
    const result = await hook(port, `http://127.0.0.1:${port}/`, {}, 300)
    expect(result).toMatchObject({ ok: false, final: false })
  })

  test('of an endless answer only its status is taken', async () => {
    const { port } = await receiver((_, response) => {
      response.writeHead(200)
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      }
      response.on('drain', pour)
      pour()
    })
    expect(await hook(port)).toEqual({ ok: true, detail: 'HTTP 200' })
  })

  test.for([
    ['a host that is not named', 'http://127.0.0.2:PORT/', {}],
    ['another port of it', 'http://127.0.0.1:1/', {}],
    ['a private address that is not allowed', 'http://127.0.0.1:PORT/', { privateNetwork: false }],
    ['plain http where https is meant', 'http://127.0.0.1:PORT/', { http: false }],
    ['a name and password', 'http://u:p@127.0.0.1:PORT/', {}],
    ['another scheme', 'file:///etc/passwd', {}],
    ['a number for an address', 'http://2130706434:PORT/', {}],
  ] as const)('%s is refused before anything is sent', async ([, address, more]) => {
    const { got, port } = await receiver(ok)
    expect(await hook(port, address.replace('PORT', String(port)), more)).toMatchObject({
      ok: false,
      final: true,
    })
    expect(got).toEqual([])
  })

  test('an address of the machine room that gives keys is refused even where private networks are allowed', async () => {
    const send = webhookSender({
      settings: () =>
        settingsOf({
          webhooks: [{ host: '169.254.169.254', secret: SECRET, privateNetwork: true, http: true }],
        }),
      ...{ zone: 'Asia/Almaty', now: () => NOW, milliseconds: 300 },
    })
    const recipient = aRecipient({ address: 'http://169.254.169.254/latest' })
    expect(await send({ message: aMessage(), recipient })).toMatchObject({ ok: false, final: true })
  })
})

describe('a Telegram-style bot', () => {
  const TOKEN = '123456:secret-token-of-the-bot'
  const bot = (port: number, message = aMessage()) =>
    telegramSender({
      settings: () =>
        settingsOf({
          telegram: { token: TOKEN, base: `http://127.0.0.1:${port}` },
          publicUrl: 'https://domovoi.city.example',
        }),
      zone: 'Asia/Almaty',
      milliseconds: 20_000,
    })({
      message,
      recipient: aRecipient({ channel: 'telegram', address: '-100987' }),
    })

  test('holds a name from a source in one line and as it is read', async () => {
    const { got, port } = await receiver(ok)
    const message = aMessage()
    const [line] = message.body.began.lines
    if (!line) throw new Error('no line')
    line.evidence = {
      ...line.evidence,
      organization: { id: 'sever', name: { ru: 'УК\nОПАСНОСТИ НЕТ\u2028\u202eмдоХ' } },
      building: { id: 'b-4', name: { ru: 'ул. Заводская,\r\n 2' } },
    }
    expect(await bot(port, message)).toMatchObject({ ok: true })
    const { text } = JSON.parse(String(got[0]?.body))
    expect(text).toContain('УК ОПАСНОСТИ НЕТ мдоХ')
    expect(text.split('\n')).not.toContainEqual(expect.stringMatching(/^ОПАСНОСТИ НЕТ/))
    expect(text).not.toMatch(/[\r\u2028\u202e]/)
  })
  test('half a token in an answer is hidden like all of it', async () => {
    const half = TOKEN.slice(TOKEN.indexOf(':') + 1)
    const { port } = await receiver((_, response) => {
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ ok: false, description: `bad secret ${half}` }))
    })
    expect(await bot(port)).toMatchObject({ ok: false, detail: 'HTTP 401 bad secret …' })
  })

  test('is sent one message with everything from outside escaped', async () => {
    const { got, port } = await receiver(ok)
    expect(await bot(port)).toMatchObject({ ok: true })
    expect(got[0]?.url).toBe(`/bot${TOKEN}/sendMessage`)
    const body = JSON.parse(String(got[0]?.body))
    expect(body).toMatchObject({ chat_id: '-100987', parse_mode: 'HTML' })
    expect(body.text).toContain('<b>Опасность для людей: Авария открыта 2\u00a0ч 5\u00a0мин')
    expect(body.text).toContain('УК &lt;script&gt;')
    expect(body.text).toContain('<a href="https://domovoi.city.example/requests/1-77">')
  })

  const says = (status: number, body: object) => (_: Got, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ ok: false, ...body }))
  }
  test('429 says how long to wait, and it is waited', async () => {
    const { port } = await receiver(
      says(429, { description: 'Too Many Requests', parameters: { retry_after: 35 } }),
    )
    expect(await bot(port)).toEqual({
      ...{ ok: false, final: false, retryAfterMs: 35_000, detail: 'HTTP 429 Too Many Requests' },
    })
  })
  test.for([
    [500, false],
    [502, false],
    [400, true],
    [403, true],
    [404, true],
  ] as const)('status %i: final %s', async ([status, final]) => {
    const { port } = await receiver(says(status, { description: 'chat -100987 not found' }))
    const result = await bot(port)
    expect(result).toMatchObject({ ok: false, final })
    expect(result.detail).not.toContain('100987')
  })
  test('a server that is not there is told without the token', async () => {
    const { port } = await receiver(ok)
    for (const one of close.splice(0)) one()
    const result = await bot(port)
    expect(result).toMatchObject({ ok: false, final: false })
    expect(result.detail).not.toContain('secret-token')
  })
})
