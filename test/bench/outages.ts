import { join } from 'node:path'
import { isRequestEvent, streamOf } from '#server/contract/events.ts'
import { openLog } from '#server/log/sqlite.ts'
import { memoryRegistry } from '#server/store/registry-memory.ts'
import { outageStory, outageTruth } from '../stories/outages.ts'
import { type Figure, ms, quantile } from './measure.ts'

/** Each scanned arrival of a city's history, as the running detector takes it, with the houses around it. */
export function outageFigure(folder: string, requests: string, now: number): Figure {
  const log = openLog({ file: join(folder, 'log.sqlite'), now: () => now, report: () => {} })
  try {
    const registry = memoryRegistry()
    for (const event of log.registry())
      if (!isRequestEvent(event))
        registry.apply(event as Parameters<typeof registry.apply>[0], log.key(streamOf(event)) ?? 0)
    const clock = () => performance.now()
    const truth = outageTruth(folder)
    const { scans } = outageStory({ truth, registry, log, zone: 'Asia/Almaty' }, clock)
    const slow = quantile(scans, 0.99)
    return {
      what: 'burst scan of an arrival',
      size: `${scans.length.toLocaleString('en')} scanned of ${requests} requests`,
      measured: `p50 ${ms(quantile(scans, 0.5))}, p99 ${ms(slow)}`,
      target: 'p99 at most 5 ms',
      holds: slow <= 5,
    }
  } finally {
    void log.close()
  }
}
