import type { Answer } from '#web/api.ts'

export type Day = Answer['today']['day']
type Ahead = Answer['today']['ahead']
export type Ready = Extract<Ahead, { kind: 'ready' }>
export type NotReady = Exclude<Ahead, { kind: 'ready' }>
export type Queue = Ready['queue']
export type PartRow = Answer['today']['parts']['rows'][number]
