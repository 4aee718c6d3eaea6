import type { HttpBindings } from '@hono/node-server'
import { expect, test } from 'vitest'
import { senderOf } from './sender.ts'

const from = (remoteAddress: string, forwarded?: string) =>
  senderOf({
    env: { incoming: { socket: { remoteAddress } } as HttpBindings['incoming'] },
    req: { header: (name) => (name === 'x-forwarded-for' ? forwarded : undefined) },
  })

test.for([
  ['10.0.0.5', undefined, '10.0.0.5'],
  ['::ffff:10.0.0.5', undefined, '10.0.0.5'],
  // What somebody on another machine says of itself is not believed.
  ['10.0.0.5', '192.0.2.1', '10.0.0.5'],
  // A proxy on this machine adds the address that it saw itself at the end.
  ['127.0.0.1', '192.0.2.1, 10.0.0.7', '10.0.0.7'],
  ['::1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['127.0.0.1', '203.0.113.8:4000', '203.0.113.8'],
  ['127.0.0.1', '[2001:db8::1]:443', '2001:db8:0:0::/64'],
  ['127.0.0.1', '[2001:db8::1]', '2001:db8:0:0::/64'],
  // An empty entry at the end, or nothing that is an address, is not this machine.
  ['127.0.0.1', '192.0.2.1, 10.0.0.7,', '10.0.0.7'],
  ['127.0.0.1', '10.0.0.7, ,', '10.0.0.7'],
  ['127.0.0.1', ',', 'unknown'],
  ['127.0.0.1', '', 'unknown'],
  ['127.0.0.1', '10.0.0.7, unknown', 'unknown'],
  ['127.0.0.1', '10.0.0.7, _hidden:80', 'unknown'],
  ['127.0.0.1', undefined, '127.0.0.1'],
  ['2001:db8:1:2::1', undefined, '2001:db8:1:2::/64'],
  ['2001:db8::1', undefined, '2001:db8:0:0::/64'],
  ['fe80::1%eth0', undefined, 'fe80:0:0:0::/64'],
] as const)('%s that forwards for %s is %s', ([address, forwarded, sender]) => {
  expect(from(address, forwarded)).toBe(sender)
})
