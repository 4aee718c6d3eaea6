import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

/** Decoded bytes of one batch. */
export const BODY_LIMIT = 10 * 1024 * 1024

/** The body cannot be taken; `status` is of HTTP. */
export class BodyFault extends Error {
  readonly status: 400 | 408 | 413 | 415
  constructor(status: BodyFault['status'], message: string) {
    super(message)
    this.status = status
  }
}

const tooLarge = (most: number) =>
  new BodyFault(
    413,
    `the body is larger than ${most / 1024 / 1024} MB when decoded; send smaller batches`,
  )

/** Reads at most so many decoded bytes, whatever the headers say; stops reading at the first byte too many. */
export async function readBody(
  request: Pick<Request, 'headers' | 'body'>,
  most = BODY_LIMIT,
): Promise<Buffer> {
  const encoding = (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase()
  if (!['identity', 'gzip', 'x-gzip'].includes(encoding))
    throw new BodyFault(
      415,
      `content-encoding "${encoding.slice(0, 40)}" is not read; send gzip or none`,
    )
  const charset = /charset\s*=\s*"?([^";\s]*)/i.exec(request.headers.get('content-type') ?? '')?.[1]
  if (charset && !['utf-8', 'utf8'].includes(charset.toLowerCase()))
    throw new BodyFault(415, `charset "${charset.slice(0, 40)}" is not read; send UTF-8`)
  if (encoding === 'identity' && Number(request.headers.get('content-length')) > most)
    throw tooLarge(most)
  if (!request.body) return Buffer.alloc(0)

  const chunks: Buffer[] = []
  let size = 0
  const collect = async (source: AsyncIterable<Buffer | Uint8Array>) => {
    for await (const chunk of source) {
      size += chunk.length
      if (size > most) throw tooLarge(most)
      chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
    }
  }
  try {
    // The DOM's stream type and Node's differ in name only.
    const raw = Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0])
    if (encoding === 'identity') await pipeline(raw, collect)
    else await pipeline(raw, createGunzip(), collect)
  } catch (cause) {
    if (cause instanceof BodyFault) throw cause
    throw new BodyFault(400, `the body cannot be read: ${reasonOf(cause, encoding)}`)
  }
  return Buffer.concat(chunks, size)
}

function reasonOf(cause: unknown, encoding: string): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (code === 'Z_BUF_ERROR') return 'the gzip data is cut short'
  if (code.startsWith('Z_')) return 'it is not gzip data, or damaged'
  return encoding === 'identity'
    ? 'the connection broke off'
    : 'the connection broke off within gzip data'
}
