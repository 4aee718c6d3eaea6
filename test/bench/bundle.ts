import { BUDGET, firstLoad } from '../first-load.ts'
import type { Figure } from './measure.ts'

/** The scripts of the first load of the Overview, by the graph of imports; map, charts and what follows in idle moments are not among them. */
export function bundleFigure(): Figure {
  const { files, kilobytes } = firstLoad()
  return {
    what: 'JavaScript of the first load of Overview, gzipped',
    size: `${files.length} files`,
    measured: `${Math.round(kilobytes)} kB`,
    target: `at most ${BUDGET} kB`,
    holds: kilobytes <= BUDGET,
  }
}
