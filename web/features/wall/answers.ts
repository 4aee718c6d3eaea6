import type { Answer } from '#web/api.ts'

export type CityAnswer = Answer['wall']['city']
export type MapAnswer = Answer['wall']['map']
export type OutagesAnswer = Answer['wall']['outages']
export type OutageRow = OutagesAnswer['rows'][number]
export type OrganizationsAnswer = Answer['wall']['organizations']
export type TodayAnswer = Answer['wall']['today']
