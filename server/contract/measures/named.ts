import type { MeasureId } from './shape.ts'
import { versionOf } from './versions.ts'

/** The measures that an answer holds, by their exact names; goes with the answer. */
export const named = (...ids: MeasureId[]) =>
  ids.map((measure) => ({ measure, version: versionOf(measure) }))
