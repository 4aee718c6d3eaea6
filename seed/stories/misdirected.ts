import type { Story } from './story.ts'

/** Requests sent to a company that they do not concern; an operator names whom they do. */
export function misdirected(end: number): Story {
  const planted: { request: string; addressee: string | null }[] = []
  return {
    name: 'misdirected',
    retell(deliveries, { number }) {
      for (const { at, event } of deliveries)
        if (event.type === 'request.misdirected' && at <= end)
          planted.push({ request: number, addressee: event.addressee ?? null })
      return deliveries
    },
    truth: () => planted,
  }
}
