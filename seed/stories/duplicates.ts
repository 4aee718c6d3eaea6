import type { Story } from './story.ts'

/** The same resident tells the same thing by two channels on one day. An operator notices seven of ten. */
export function duplicates(end: number): Story {
  const planted: { request: string; of: string; noticed: boolean }[] = []
  return {
    name: 'duplicates',
    retell(deliveries, { number, duplicateOf, at }) {
      if (duplicateOf && at <= end)
        planted.push({
          request: number,
          of: duplicateOf,
          noticed: deliveries.some(({ event }) => event.type === 'request.marked_duplicate'),
        })
      return deliveries
    },
    truth: () => planted,
  }
}
