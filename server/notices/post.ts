import { type LookupAddress, lookup } from 'node:dns'
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { refusedAddress } from '#server/open311/peer-fetch.ts'

export interface Posted {
  status: number
  /** At most LARGEST bytes of it. */
  body: string
  retryAfterMs: number | null
}

/** Where a message may not be sent, as the operator set it. */
export class NotAllowed extends Error {}

const LARGEST = 64 * 1024
const LONGEST_MS = 10_000

/**
 * One POST of a JSON body. Follows no redirect, reads 64 KB of the answer, gives up after ten seconds whatever drips; addresses are judged
 * as they are connected to, so that a name that points elsewhere a moment later gains nothing.
 */
export function post(
  url: URL,
  body: string,
  {
    headers = {},
    privateNetwork,
    milliseconds = LONGEST_MS,
  }: { headers?: Record<string, string>; privateNetwork: boolean; milliseconds?: number },
): Promise<Posted> {
  const judge: LookupFunction = (host, options, done) =>
    lookup(host, { ...options, all: true }, (cause, found: LookupAddress[]) => {
      const why = found?.map(({ address }) => refusedAddress(address, privateNetwork)).find(Boolean)
      const [first] = found ?? []
      if (cause || why || !first) return done(cause ?? new NotAllowed(why ?? 'no address'), '', 0)
      return options.all ? done(null, found) : done(null, first.address, first.family)
    })
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const why = isIP(host) ? refusedAddress(host, privateNetwork) : undefined
    if (why) return reject(new NotAllowed(why))
    const signal = AbortSignal.timeout(milliseconds)
    const tooLong = () => new Error(`no whole answer within ${milliseconds / 1000} s`)
    const fail = (cause: Error) => reject(signal.aborted ? tooLong() : cause)
    const send = url.protocol === 'https:' ? overHttps : overHttp
    const bytes = Buffer.from(body)
    const sent = send(
      url,
      {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json', 'content-length': String(bytes.length) },
          ...{ accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'domovoi' },
          ...headers,
        },
        ...{ lookup: judge, signal, agent: false },
      },
      (answer) => {
        const chunks: Buffer[] = []
        let size = 0
        const finish = () => {
          const seconds = Number(answer.headers['retry-after'])
          resolve({
            status: answer.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
            retryAfterMs: Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null,
          })
        }
        answer.on('data', (chunk: Buffer) => {
          size += chunk.length
          chunks.push(chunk.subarray(0, Math.max(0, chunk.length - Math.max(0, size - LARGEST))))
          if (size <= LARGEST) return
          // Its status is known; the rest is not read.
          finish()
          answer.destroy()
        })
        answer.on('error', fail)
        answer.on('end', finish)
      },
    )
    sent.on('error', fail)
    sent.end(bytes)
  })
}
