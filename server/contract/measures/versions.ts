import type { MeasureId } from './shape.ts'

/** Versions of a measure that changed its meaning after the first, with the day (UTC) from which they hold. */
const CHANGED = {
  'late@2': '2026-11-21',
  'withinNorm@2': '2026-11-21',
  'reopened@2': '2026-11-21',
  'reopened@3': '2026-11-21',
} as const satisfies Partial<Record<`${MeasureId}@${number}`, string>>
export type ChangeToken = keyof typeof CHANGED

/** Versions after the first, the latest first. */
export const changesOf = (id: MeasureId) =>
  (Object.keys(CHANGED) as ChangeToken[])
    .map((token) => ({ token, from: CHANGED[token], version: Number(token.split('@')[1]) }))
    .filter(({ token }) => token.startsWith(`${id}@`))
    .sort((a, b) => b.version - a.version)

/** Grows when the meaning changes. */
export const versionOf = (id: MeasureId): number => changesOf(id)[0]?.version ?? 1

/** The exact name of a number in exports, answers and evidence: `reopened@2`. */
export const tokenOf = (id: MeasureId): string => `${id}@${versionOf(id)}`
