import { isIP } from 'node:net'
import type { HttpBindings } from '@hono/node-server'

interface Asked {
  env?: Partial<HttpBindings>
  req: { header(name: string): string | undefined }
}

const LOOPBACK = /^(?:::1|(?:::ffff:)?127(?:\.\d{1,3}){3})$/

export const isThisMachine = (address: string): boolean => LOOPBACK.test(address)

/**
 * Who asks, as far as bounds are kept by it. Of a proxy on this machine the last address that it forwards for is believed, which it
 * wrote itself; of anybody else nothing that is said. Forwarded for nobody who can be told, it is "unknown", and never this machine.
 * A test has no connection at all.
 */
export function senderOf({ env, req }: Asked): string {
  const address = env?.incoming?.socket?.remoteAddress ?? 'unknown'
  if (!isThisMachine(address)) return ownerOf(address)
  const forwarded = req.header('x-forwarded-for')
  return forwarded === undefined ? address : forwardedFor(forwarded)
}

/** Some proxies write the port too, and the last entry may be empty. */
function forwardedFor(entries: string): string {
  const last = entries.split(',').findLast((entry) => entry.trim() !== '')
  const address = last
    ?.trim()
    .replace(/^\[([^\]]*)\](?::\d{1,5})?$/, '$1')
    .replace(/^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/, '$1')
  return address !== undefined && isIP(address) !== 0 ? ownerOf(address) : 'unknown'
}

/** One household or machine has a whole /64 of IPv6: its addresses are one. */
function ownerOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').slice(0, 64)
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('%')[0]?.split('::') ?? []
  const before = head.split(':').filter(Boolean)
  const after = tail?.split(':').filter(Boolean) ?? []
  const gap = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return `${[...before, ...(tail === undefined ? [] : gap), ...after].slice(0, 4).join(':')}::/64`
}
