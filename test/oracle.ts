import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const FOLDER = fileURLToPath(new URL('../../shared/oracles/', import.meta.url))

/** Expected values computed elsewhere (R and simulation), beside the project; tests that need them skip where the folder is absent. */
export const ORACLES_MISSING = existsSync(FOLDER)
  ? false
  : `no oracles at ${FOLDER}: values computed by R are not compared`

/** One oracle, e.g. `oracle('statistics/km_lung')`. The caller names the shape it relies on. */
export function oracle<T>(name: string): T {
  const plain = `${FOLDER}${name}.json`
  if (existsSync(plain)) return JSON.parse(readFileSync(plain, 'utf8'))
  return JSON.parse(gunzipSync(readFileSync(`${plain}.gz`)).toString('utf8'))
}
