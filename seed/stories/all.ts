import type { Arrival } from '../demand/arrival.ts'
import type { Preset } from '../presets.ts'
import type { Company } from '../registry/companies.ts'
import type { Source } from '../sources.ts'
import { badCompanies } from './bad-companies.ts'
import { burstCloser } from './burst-closer.ts'
import { burstPipe } from './burst-pipe.ts'
import { deadlineCloser } from './deadline-closer.ts'
import { declaredOutages } from './declared-outages.ts'
import { dirtyRecords } from './dirty-records.ts'
import { duplicates } from './duplicates.ts'
import { emergencyDowngrader } from './emergency-downgrader.ts'
import { hiddenRepeats } from './hidden-repeats.ts'
import { inspections } from './inspections.ts'
import { misdirected } from './misdirected.ts'
import { prematureCloser } from './premature-closer.ts'
import { scanReuser } from './scan-reuser.ts'
import { silentDistrict } from './silent-district.ts'
import { silentSource } from './silent-source.ts'
import type { Story, Town } from './story.ts'
import { testSource } from './test-source.ts'
import { unaddressed } from './unaddressed.ts'
import { undeclaredOutages } from './undeclared-outages.ts'

export interface Stories {
  all: readonly Story[]
  /** Whose residents are told to call anew. */
  hider: () => Company | undefined
  sourceOf: (arrival: Arrival) => Source
}

/** In the order in which they take parts and retell: truth of lives first, then what spoils how they are told. */
export function createStories(preset: Preset, town: Town): Stories {
  const repeats = hiddenRepeats(town.end)
  const tested = testSource(town)
  return {
    hider: repeats.hider,
    sourceOf: tested.sourceOf,
    all: [
      badCompanies(preset.organizations),
      prematureCloser(),
      deadlineCloser(),
      burstCloser(),
      scanReuser(),
      emergencyDowngrader(town.end),
      repeats,
      inspections(town),
      duplicates(town.end),
      misdirected(town.end),
      undeclaredOutages(town),
      declaredOutages(town),
      burstPipe(town),
      silentDistrict(town),
      tested,
      unaddressed(town),
      dirtyRecords(town.end),
      silentSource(town),
    ],
  }
}
