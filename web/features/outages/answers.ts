import type { Answer } from '#web/api.ts'

export type Outages = Answer['outages']['list']
export type Line = Outages['lines'][number]
export type Clusters = Answer['outages']['clusters']
