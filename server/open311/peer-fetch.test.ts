import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { PeerFault, peerFetch, refusedAddress } from './peer-fetch.ts'

test.for([
  ['127.0.0.1', 'on this machine'],
  ['::ffff:127.0.0.1', 'on this machine'],
  ['10.1.2.3', 'on this machine'],
  ['fd00::1', 'on this machine'],
  ['169.254.169.254', 'no address of'],
  ['0.0.0.0', 'no address of'],
  ['fe80::1', 'no address of'],
  ['2002:7f00:1::', 'no address of'],
  ['2002:a9fe:a9fe::1', 'no address of'],
  ['::127.0.0.1', 'no address of'],
  ['::a9fe:a9fe', 'no address of'],
  ['64:ff9b:1::7f00:1', 'no address of'],
  ['2001:0:7f00:1::1', 'no address of'],
  ['::1', 'on this machine'],
  ['2001:4860:4860::8888', undefined],
  ['93.184.216.34', undefined],
  ['2606:2800:220:1::1', undefined],
] as const)('the address %s is judged', ([address, why]) => {
  const refused = refusedAddress(address, false)
  if (why) expect(refused).toContain(why)
  else expect(refused).toBeUndefined()
  expect(refusedAddress('169.254.169.254', true)).toBeDefined()
  expect(refusedAddress('127.0.0.1', true)).toBeUndefined()
  expect(refusedAddress('::1', true)).toBeUndefined()
})

let server: Server
const listening = (answer: Parameters<typeof createServer>[1]) =>
  new Promise<string>((resolve) => {
    server = createServer(answer ?? (() => {})).listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
    )
  })

test('an answer that never ends, a door to elsewhere and a busy peer are refused in time and size', async () => {
  const url = await listening((request, answer) => {
    if (request.url === '/large') {
      answer.setHeader('content-type', 'application/json')
      const more = () => {
        while (!answer.destroyed && answer.write(Buffer.alloc(65_536, 0x20)));
        if (!answer.destroyed) answer.once('drain', more)
      }
      more()
    } else if (request.url === '/door')
      answer.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    else if (request.url === '/round') answer.writeHead(302, { location: '/round' }).end()
    else if (request.url === '/busy') answer.writeHead(503, { 'retry-after': '120' }).end()
    else if (request.url === '/file')
      answer.writeHead(302, { location: 'file:///etc/passwd' }).end()
  })
  const fetch = peerFetch({ privateNetwork: true, bytes: 1_000_000, milliseconds: 400 })
  const fault = (path: string, ask = fetch) =>
    ask(new URL(path, url)).catch((cause: unknown) => cause)
  expect(await fault('large')).toMatchObject({ message: 'the answer is larger than 1000000 bytes' })
  expect(await fault('door')).toMatchObject({ message: expect.stringContaining('169.254.169.254') })
  expect(await fault('round')).toMatchObject({ message: 'it redirects more than 3 times' })
  expect(await fault('file')).toMatchObject({ message: expect.stringContaining('only http') })
  expect(await fault('busy')).toMatchObject({
    message: 'it answered with 503',
    retryAfterSeconds: 120,
  })
  expect(await fault('silent')).toMatchObject({ message: 'no whole answer within 0.4 s' })
  const outside = peerFetch({ privateNetwork: false })
  expect(await fault('large', outside)).toMatchObject({
    message: expect.stringContaining('on this machine'),
  })
  const named = new URL(url)
  named.hostname = 'localhost'
  expect(await outside(named).catch((cause: unknown) => cause)).toBeInstanceOf(PeerFault)
  server.closeAllConnections()
  server.close()
})
