import type { Chance } from '#server/stats/random.ts'
import { ATTEMPTS, waitAfter } from './backoff.ts'
import type { Message, Outbox } from './outbox.ts'
import type { RulesKept } from './rules-kept.ts'
import type { Result, Senders } from './sender.ts'

interface CourierOptions {
  outbox: Outbox
  rules: RulesKept
  senders: Senders
  /** UTC ms, going on even where the city's clock is pinned. */
  now: () => number
  /** Milliseconds that only grow. */
  clock: () => number
  chance: Chance
  report: (where: string, cause: unknown) => void
  /** Told of each attempt, for counters. */
  onAttempt?: (attempt: { channel: Message['channel']; result: 'sent' | 'failed' | 'dead' }) => void
}

/** So many recipients are written to at once; one of them at a time only once. */
const AT_ONCE = 8

export interface Courier {
  /** Begins with everything that is due and free; resolves when all that it began has ended. */
  deliver(): Promise<void>
  /** Those that are being sent are let end for a moment; what did not end is sent again by the next process. */
  stop(patienceMs: number): Promise<void>
}

/**
 * Sends what is due. A message is marked as sent after it was taken, so a stop in between sends it again under the same key: at least
 * once. Each recipient has a place of its own, so that one that hangs holds nobody else.
 */
export function createCourier(options: CourierOptions): Courier {
  const { outbox, rules, senders, now, clock, chance, report, onAttempt } = options
  const busy = new Map<string, Promise<void>>()
  let stopped = false
  let closed = false

  async function attempt(message: Message) {
    const { channel } = message
    const recipient = rules.recipients().find((one) => one.id === message.recipient)
    if (!recipient) return note(message, GONE, 0)
    const began = clock()
    let result: Result
    try {
      result = await senders[channel]({ message, recipient })
    } catch (cause) {
      report(`notices.${channel}`, cause)
      result = {
        ok: false,
        final: false,
        retryAfterMs: null,
        detail: 'internal error, see the journal',
      }
    }
    note(message, result, Math.round(clock() - began))
  }

  function note(message: Message, result: Result, latency: number) {
    if (closed) return
    const at = now()
    if (result.ok) {
      outbox.sent(message, at, latency, result.detail)
      return onAttempt?.({ channel: message.channel, result: 'sent' })
    }
    const failed = message.failed + 1
    if (result.final || failed >= ATTEMPTS) {
      outbox.die(message, at, latency, result.detail)
      return onAttempt?.({ channel: message.channel, result: 'dead' })
    }
    const next = at + waitAfter(failed, chance, result.retryAfterMs)
    outbox.later(message, at, latency, result.detail, Math.round(next))
    onAttempt?.({ channel: message.channel, result: 'failed' })
  }

  /** Each recipient that is free gets its next message, and after it the one after that. */
  function begin(tried: Set<string>): Promise<void>[] {
    if (stopped || busy.size >= AT_ONCE) return []
    const begun: Promise<void>[] = []
    for (const message of outbox.due(now())) {
      if (busy.size >= AT_ONCE) break
      if (busy.has(message.recipient) || tried.has(message.id)) continue
      tried.add(message.id)
      const work = attempt(message)
        .catch((cause) => report('notices.courier', cause))
        .finally(() => busy.delete(message.recipient))
      busy.set(message.recipient, work)
      begun.push(work.then(() => all(begin(tried))))
    }
    return begun
  }
  const all = async (works: readonly Promise<void>[]) => void (await Promise.all(works))

  return {
    // Once in a round, so that what cannot even be noted down is not sent without end.
    deliver: () => all(begin(new Set())),
    async stop(patienceMs) {
      stopped = true
      const cut = new Promise<void>((resolve) => setTimeout(resolve, patienceMs).unref())
      await Promise.race([all([...busy.values()]), cut])
      closed = true
    },
  }
}

const GONE: Result = {
  ok: false,
  final: true,
  retryAfterMs: null,
  detail: 'the recipient was removed',
}
