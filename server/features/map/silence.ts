import { judgeBuildings } from '#server/judgement/buildings.ts'
import type { Context } from '#server/trpc.ts'

export interface SilenceAnswer {
  /** Half-open local days since 1970-01-01 that were looked at. */
  from: number
  to: number
  /** Buildings from which much less is heard than from their like. */
  silent: { building: number; requests: number; expected: number }[]
  /** Keys of standing buildings of which nothing can be expected: neither apartments nor entrances are known. */
  unknown: number[]
}

/** Where few signals come although many are expected, as the list of buildings judges it. */
export async function silence(
  context: Pick<Context, 'engine' | 'registry' | 'city' | 'now'>,
): Promise<SilenceAnswer> {
  const { from, to, of } = await judgeBuildings(context)
  const silent = [...of.values()].filter((one) => one.silent)
  return {
    ...{ from, to },
    silent: silent.map(({ key, requests, expected }) => ({ building: key, requests, expected })),
    unknown: [...context.registry.buildings()].flatMap(({ key, gone }) =>
      gone || of.has(key) ? [] : [key],
    ),
  }
}
