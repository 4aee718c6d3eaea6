import { BodyFault } from './body.ts'
import { PressureFault } from './pressure.ts'

/** Reads bodies of senders that are not proven yet: few at once and not for long, apart from the gate, which they cannot fill. */
export type Readings = <T>(
  request: Request,
  read: (body: ReadableStream<Uint8Array<ArrayBuffer>> | null) => Promise<T>,
) => Promise<T>

export interface ReadingLimits {
  atOnce: number
  /** Aborts when a body has taken too long. */
  patience: () => AbortSignal
  /** Bytes of one body, whatever its headers say. */
  most?: number
}

export function createReadings({ atOnce, patience, most }: ReadingLimits): Readings {
  let inside = 0
  return async (request, read) => {
    if (inside >= atOnce)
      throw new PressureFault(429, 5, `${inside} others are being read; send this one again`)
    inside += 1
    const signal = patience()
    let size = 0
    const overflows = () => most !== undefined && size > most
    try {
      const through = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          size += chunk.length
          if (overflows()) controller.error(new Error('too large'))
          else controller.enqueue(chunk)
        },
      })
      return await read(request.body?.pipeThrough(through, { signal }) ?? null)
    } catch (cause) {
      if (signal.aborted) throw new BodyFault(408, 'the body took too long; send it again at once')
      if (overflows()) throw new BodyFault(413, 'the body is larger than is taken')
      throw cause
    } finally {
      inside -= 1
    }
  }
}
