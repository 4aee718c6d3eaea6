import type { Answer } from '#web/api.ts'

export type CityAnswer = Answer['wall']['city']
export type MapAnswer = Answer['wall']['map']
export type OrganizationsAnswer = Answer['wall']['organizations']
