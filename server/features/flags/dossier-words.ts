import type { Evaluated, Flagged } from '#server/contract/flags.ts'
import type { Variant } from './dossier-facts.ts'
import type { Dossier, SectionId } from './dossier-model.ts'

type OfMeasure = Record<Evaluated, string>

/**
 * Words of the evidence sheet. `{name}` is filled in, `{*name}` is filled in and set strong. Nothing here accuses: a dossier is
 * a ground for inspection.
 */
export interface DossierWords {
  office: string
  number: string
  sheet: string
  title: Record<Dossier['level'], string>
  measure: Record<Flagged, string>
  notice: {
    strong: Record<Dossier['level'], string>
    proposed: string
    path: Record<'a' | 'b' | 'c', string>
    reply: string
    next: string
    /** The frozen sheet cannot be shown; this one is of the last midnight. */
    lost: Record<'missing' | 'damaged', string>
  }
  section: Record<Exclude<SectionId, 'course'>, string>
  summary: {
    happened: OfMeasure
    expected: OfMeasure
    ratio: string
    ratioOfPace: string
    chance: string
    peers: string
    quarters: string
    quartersOfPace: string
    without: string
    few: string
  }
  chance: { often: string; oneIn: string; rare: string }
  figures: {
    n: OfMeasure
    nNote: OfMeasure
    observed: OfMeasure
    /** Beside closings of pace: all of them, and those after the horizon. */
    closed: string
    city: string
    cityNote: string
    expected: string
    strata: string
    ratio: string
    ratioOfPace: string
    z: string
    zDispersed: string
    spread: string
    q: string
    lower: string
    limit: string
    notAsked: string
    notTested: string
  }
  peers: { caption: string; label: string }
  quarters: { caption: string; label: string }
  variant: Record<Variant, string>
  others: {
    caption: string
    measure: string
    level: string
    z: string
    levels: Record<Dossier['level'], string>
  }
  sensitivity: {
    question: string
    noAnswer: string
    caption: string
    n: string
    observed: string
    expected: string
    ratio: string
    interval: string
    differs: string
    agrees: string
  }
  parts: {
    category: string
    building: string
    n: string
    happened: string
    excess: string
    ratio: string
    without: string
    unknown: string
  }
  norms: {
    none: string
    norm: string
    citation: string
    verified: string
    mark: string
    unverified: string
    requests: string
  }
  reply: { maySubmit: string; open: string; none: string; may: string[] }
  method: OfMeasure & { adjusted: string; expected: OfMeasure }
  group: { caption: string }
  requests: { events: OfMeasure; beyond: string; others: OfMeasure; none: string }
  hashes: {
    what: string
    value: string
    measure: string
    policy: string
    log: string
    inputs: string
    cut: string
    tested: string
    form: string
  }
  limits: string[]
  foot: {
    data: string
    rules: string
    list: string
    signature: string
    asOf: string
    rulesOf: string
    measureOf: string
    numbers: string
  }
}
