import type { Answer } from '#web/api.ts'

export type State = Answer['overview']['state']
export type Running = Answer['overview']['running']
export type OutageLine = Answer['outages']['list']['lines'][number]
