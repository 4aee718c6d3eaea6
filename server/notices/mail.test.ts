import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import type { Language } from '#server/contract/vocabulary.ts'
import { aMessage, aRecipient } from '#test/notices.ts'
import { mailSender } from './mail.ts'
import type { NoticesSettings } from './settings.ts'

const servers: SMTPServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>((done) => server.close(done))
})

interface Got {
  from: string
  to: string[]
  raw: string
}

/** A mail server on this machine that keeps what it is given. */
async function mailServer(options: SMTPServerOptions = {}) {
  const got: Got[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk) => chunks.push(chunk))
      stream.on('end', () => {
        got.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
        })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  servers.push(server)
  return { got, port: (server.server.address() as AddressInfo).port }
}

const send = (
  port: number,
  {
    tls = 'maybe',
    user = '',
    ...more
  }: {
    tls?: 'always' | 'maybe' | 'never'
    user?: string
    language?: Language
    milliseconds?: number
  } = {},
) => {
  const settings: NoticesSettings = {
    smtp: {
      url: `smtp://${user}127.0.0.1:${port}`,
      from: 'Домовой <domovoi@city.example>',
      tls,
      ca: null,
    },
    ...{ telegram: null, webhooks: [], publicUrl: 'https://domovoi.city.example' },
  }
  const { milliseconds = 20_000, language = 'ru' } = more
  const sender = mailSender({
    settings: () => settings,
    zone: 'Asia/Almaty',
    city: 'Домоград',
    milliseconds,
  })
  const recipient = aRecipient({ channel: 'email', address: 'dejurny@city.example', language })
  return sender({ message: aMessage(), recipient })
}

/** Parts of a letter, decoded. */
function readLetter(raw: string) {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const headers = Object.fromEntries(
    head
      .replaceAll(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 2),
      ]),
  )
  const decoded = rest
    .join('\r\n\r\n')
    .split(/\r\n--[^\r\n]+/)
    .map((part) => {
      const [own = '', ...body] = part.split('\r\n\r\n')
      const text = body.join('\r\n\r\n')
      if (/base64/i.test(own)) return Buffer.from(text, 'base64').toString()
      return text
        .replaceAll(/=\r\n/g, '')
        .replaceAll(/(?:=[0-9A-F]{2})+/g, (bytes) =>
          Buffer.from(bytes.replaceAll('=', ''), 'hex').toString(),
        )
    })
    .join('\n')
  return { headers, decoded }
}

test('a letter has a plain and an HTML part, and says that a machine wrote it', async () => {
  const { got, port } = await mailServer()
  expect(await send(port)).toMatchObject({ ok: true })
  const [letter] = got
  expect(letter?.to).toEqual(['dejurny@city.example'])
  const { headers, decoded } = readLetter(letter?.raw ?? '')
  expect(headers).toMatchObject({
    'message-id': '<m-1@city.example>',
    'list-id': '<notices.city.example>',
    'auto-submitted': 'auto-generated',
    'x-auto-response-suppress': 'All',
  })
  expect(headers['content-type']).toMatch(/^multipart\/alternative/)
  expect(decoded).toContain('Авария открыта 2\u00a0ч 5\u00a0мин')
  expect(decoded).toContain('https://domovoi.city.example/requests/1-77')
  expect(decoded).toContain('<h1 ')
})

test.for([
  ['kk', 'Апат ашық тұр'],
  ['ru', 'Авария открыта'],
  ['en', 'An emergency has been open for'],
] as const)('a letter speaks the language of who reads it (%s)', async ([language, words]) => {
  const { got, port } = await mailServer()
  await send(port, { language })
  const { headers, decoded } = readLetter(got[0]?.raw ?? '')
  expect(headers['content-language']).toBe(language)
  expect(decoded).toContain(words)
})

test('what came from outside is text in the HTML, whatever it is', async () => {
  const { got, port } = await mailServer()
  await send(port)
  const { decoded } = readLetter(got[0]?.raw ?? '')
  expect(decoded).toContain('УК &lt;script&gt;alert(1)&lt;/script&gt;')
  expect(decoded.slice(decoded.indexOf('<!doctype'))).not.toContain('<script')
})

describe('what a mail server answers', () => {
  test('an address that it does not know is final, and is not repeated in the reason', async () => {
    const { port } = await mailServer({
      onRcptTo: ({ address }, _session, done) =>
        done(Object.assign(new Error(`${address} unknown`), { responseCode: 550 })),
    })
    const result = await send(port)
    expect(result).toMatchObject({ ok: false, final: true })
    expect(result.detail).toMatch(/550/)
    expect(result.detail).not.toContain('dejurny')
  })
  test('a full mailbox (452) may have room later', async () => {
    const { port } = await mailServer({
      onRcptTo: (_address, _session, done) =>
        done(Object.assign(new Error('no room'), { responseCode: 452 })),
    })
    expect(await send(port)).toMatchObject({ ok: false, final: false })
  })
  test('a wrong password is told without the password, and may be corrected', async () => {
    const { port } = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ password }, _session, done) => done(new Error(`no such password ${password}`)),
    })
    const result = await send(port, { user: 'domovoi:hunter2secret@', tls: 'maybe' })
    expect(result).toMatchObject({ ok: false, final: false })
    expect(result.detail).not.toContain('hunter2secret')
  })
  test('a server that says nothing is given up after the time allowed', async () => {
    const { port } = await mailServer({ onConnect: () => {} })
    expect(await send(port, { milliseconds: 150 })).toMatchObject({ ok: false, final: false })
  })
  test('where TLS is demanded nothing is sent without it', async () => {
    const { got, port } = await mailServer()
    expect(await send(port, { tls: 'always' })).toMatchObject({ ok: false, final: false })
    expect(got).toEqual([])
  })
  test('a certificate that nobody vouches for is not accepted', async () => {
    const { got, port } = await mailServer({ disabledCommands: [] })
    expect(await send(port, { tls: 'always' })).toMatchObject({ ok: false, final: false })
    expect(got).toEqual([])
  })
})
