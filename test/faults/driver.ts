import type { Random } from '#seed/random.ts'
import { batchesOf, registryEvents, type Sent } from './city.ts'
import type { Ledger } from './ledger.ts'
import { KEY } from './server.ts'

const SENDERS = 6

/** Sources that send without pause, and send again what was not acknowledged, as a real source does. */
export interface Driver {
  /** Until the signal, or until the server is gone. */
  run(url: string, stop: AbortSignal): Promise<void>
  /** Sends one batch of the first sender; the status of the answer. */
  sendOne(url: string): Promise<number>
  acknowledged(): number
  refused(): number
}

export function createDriver(
  name: string,
  ledger: Ledger,
  random: (sender: string) => Random,
): Driver {
  const senders = Array.from({ length: SENDERS }, (_, index) => {
    const sender = `${name}${index}`
    const batches = batchesOf(sender, random(sender))
    const next = (): Sent[] => batches.next().value ?? []
    return { waiting: index === 0 ? registryEvents() : undefined, next }
  })
  type Sender = (typeof senders)[number]
  let acknowledged = 0
  let refused = 0

  /** Status of the answer; undefined when there was none. */
  async function send(url: string, sender: Sender): Promise<number | undefined> {
    sender.waiting ??= sender.next()
    const batch = sender.waiting
    const answer = await fetch(`${url}/ingest/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}` },
      body: batch.map((event) => JSON.stringify(event)).join('\n'),
    }).catch(() => undefined)
    if (!answer) return undefined
    const body = await answer.text().catch(() => '')
    if (answer.status === 200) {
      ledger.write(batch.map(({ id }) => id))
      acknowledged += batch.length
      sender.waiting = undefined
    } else if (answer.status === 503 || answer.status === 429) refused += 1
    else
      throw new Error(
        `a batch of right events was answered ${answer.status}: ${body.slice(0, 300)}`,
      )
    return answer.status
  }

  return {
    async run(url, stop) {
      await Promise.all(
        senders.map(async (sender) => {
          while (!stop.aborted) {
            const status = await send(url, sender)
            if (status === undefined) return
            if (status !== 200) await new Promise((resolve) => setTimeout(resolve, 50))
          }
        }),
      )
    },
    async sendOne(url) {
      const [first] = senders
      return (first && (await send(url, first))) ?? 0
    },
    acknowledged: () => acknowledged,
    refused: () => refused,
  }
}
