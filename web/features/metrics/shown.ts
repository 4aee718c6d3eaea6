import type { MeasureId } from '#server/contract/measures/shape.ts'

export type ShownOn =
  | 'overview'
  | 'map'
  | 'organizations'
  | 'buildings'
  | 'requests'
  | 'registry'
  | 'desk'
  | 'flags'
  | 'norms'
  | 'wall'

/** The sections that show a measure beside this dictionary. */
export const SHOWN: Partial<Record<MeasureId, readonly ShownOn[]>> = {
  registered: ['overview', 'organizations', 'buildings', 'requests', 'wall'],
  incidents: ['requests', 'registry'],
  open: ['overview', 'map', 'organizations', 'buildings', 'requests', 'norms', 'wall'],
  overdue: ['overview', 'map', 'organizations', 'buildings', 'requests', 'norms', 'wall'],
  emergencyOpen: ['overview', 'map', 'buildings', 'wall'],
  late: ['organizations', 'flags'],
  withinNorm: ['organizations'],
  reopened: ['overview', 'organizations', 'flags', 'wall'],
  confirmed: ['overview', 'organizations', 'wall'],
  unaddressed: ['desk'],
  misdirected: ['desk'],
  messages: ['desk'],
  marked: ['requests'],
  inflowPerFlats: ['registry'],
  responseMedian: ['organizations'],
  responseP90: ['organizations'],
  resolutionMedian: ['organizations'],
  resolutionP90: ['organizations'],
}

export const PATHS = {
  overview: '/',
  map: '/map',
  organizations: '/organizations',
  buildings: '/buildings',
  requests: '/requests',
  registry: '/registry',
  desk: '/desk',
  flags: '/flags',
  norms: '/norms',
  wall: '/wall',
} as const satisfies Record<ShownOn, string>
