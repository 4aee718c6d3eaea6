import { type LookupAddress, lookup } from 'node:dns'
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** A peer that cannot be asked, or answers what may not be read. The message is for the screen of sources. */
export class PeerFault extends Error {
  /** Seconds after which the peer wants to be asked again. */
  readonly retryAfterSeconds: number | null
  constructor(message: string, retryAfterSeconds: number | null = null) {
    super(message)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export interface PeerAnswer {
  /** Media type without parameters, lower case. */
  type: string
  body: Buffer
}
export type FetchPeer = (url: URL) => Promise<PeerAnswer>

export interface Limits {
  /** Loopback and private networks may be asked; link-local addresses never. */
  privateNetwork: boolean
  bytes?: number
  milliseconds?: number
}

const BYTES = 20 * 1024 * 1024
const MILLISECONDS = 30_000
const REDIRECTS = 3

const local = new BlockList()
const never = new BlockList()
for (const [net, bits] of [
  ...([
    ['127.0.0.0', 8],
    ['10.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
  ] as const),
  ...([
    ['100.64.0.0', 10],
    ['198.18.0.0', 15],
  ] as const),
] as const)
  local.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::1', 128],
  ['fc00::', 7],
] as const)
  local.addSubnet(net, bits, 'ipv6')
for (const [net, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['169.254.0.0', 16],
    ['192.0.0.0', 24],
  ] as const),
  ...([
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ] as const),
] as const)
  never.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['fe80::', 10],
  ['ff00::', 8],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  // An IPv4 address within, of whoever relays it.
  ['2002::', 16],
  ['2001::', 32],
] as const)
  never.addSubnet(net, bits, 'ipv6')
never.addAddress('::', 'ipv6')
// ::/96, IPv4 in its oldest dress; ::1 is this machine.
never.addRange('::2', '::ffff:ffff', 'ipv6')

/** Why an address may not be asked; undefined where it may. */
export function refusedAddress(address: string, privateNetwork: boolean): string | undefined {
  // An IPv4 address written in IPv6 is judged as the IPv4 address that it is; BlockList does so by itself.
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (never.check(address, family)) return `${address} is no address of a city's server`
  if (!privateNetwork && local.check(address, family))
    return `${address} is on this machine or its network; set "privateNetwork": true if that is meant`
  return undefined
}

/** Asks a peer with limits on time, size and where it leads: addresses are judged when they are connected to, on each redirect. */
export function peerFetch({
  privateNetwork,
  bytes = BYTES,
  milliseconds = MILLISECONDS,
}: Limits): FetchPeer {
  const judge: LookupFunction = (host, options, done) =>
    lookup(host, { ...options, all: true }, (cause, found: LookupAddress[]) => {
      const why = found?.map(({ address }) => refusedAddress(address, privateNetwork)).find(Boolean)
      const [first] = found ?? []
      if (cause || why || !first) return done(cause ?? new PeerFault(why ?? 'no address'), '', 0)
      return options.all ? done(null, found) : done(null, first.address, first.family)
    })

  const once = (url: URL, signal: AbortSignal) =>
    new Promise<PeerAnswer | { location: string }>((resolve, reject) => {
      if (url.protocol !== 'https:' && url.protocol !== 'http:')
        return reject(new PeerFault(`${url.protocol} is not asked, only http and https`))
      if (url.username || url.password) return reject(new PeerFault('an address holds no password'))
      const host = url.hostname.replace(/^\[|\]$/g, '')
      const why = isIP(host) ? refusedAddress(host, privateNetwork) : undefined
      if (why) return reject(new PeerFault(why))
      const headers = {
        accept: 'application/json, text/xml;q=0.9',
        'accept-encoding': 'identity',
        'user-agent': 'domovoi',
      }
      const send = url.protocol === 'https:' ? overHttps : overHttp
      const sent = send(url, { headers, lookup: judge, signal, agent: false }, (answer) => {
        const status = answer.statusCode ?? 0
        const { location } = answer.headers
        if (status >= 300 && status < 400 && location) {
          answer.destroy()
          return resolve({ location })
        }
        if (status !== 200) {
          answer.destroy()
          const after = Number(answer.headers['retry-after'])
          return reject(
            new PeerFault(`it answered with ${status}`, Number.isFinite(after) ? after : null),
          )
        }
        const chunks: Buffer[] = []
        let size = 0
        answer.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > bytes) {
            answer.destroy()
            reject(new PeerFault(`the answer is larger than ${bytes} bytes`))
          } else chunks.push(chunk)
        })
        answer.on('error', reject)
        answer.on('end', () => {
          const type = (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
          resolve({ type: type ?? '', body: Buffer.concat(chunks) })
        })
      })
      sent.on('error', reject)
      sent.end()
    })

  return async (first) => {
    const signal = AbortSignal.timeout(milliseconds)
    let url = first
    try {
      for (let hops = 0; hops <= REDIRECTS; hops += 1) {
        const answer = await once(url, signal)
        if (!('location' in answer)) return answer
        url = new URL(answer.location, url)
      }
    } catch (cause) {
      if (cause instanceof PeerFault) throw cause
      if (signal.aborted) throw new PeerFault(`no whole answer within ${milliseconds / 1000} s`)
      throw new PeerFault(`it cannot be reached: ${(cause as Error).message}`)
    }
    throw new PeerFault(`it redirects more than ${REDIRECTS} times`)
  }
}
