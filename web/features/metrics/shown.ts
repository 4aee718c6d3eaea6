import type { MeasureId } from '#server/contract/measures/shape.ts'

export type ShownOn =
  | 'overview'
  | 'map'
  | 'organizations'
  | 'buildings'
  | 'requests'
  | 'flags'
  | 'norms'
  | 'wall'

/** The sections that show a measure beside this dictionary. */
export const SHOWN: Partial<Record<MeasureId, readonly ShownOn[]>> = {
  registered: ['overview', 'organizations', 'buildings', 'requests', 'wall'],
  incidents: ['requests', 'organizations'],
  open: ['overview', 'map', 'organizations', 'buildings', 'requests', 'norms', 'wall'],
  overdue: ['overview', 'map', 'organizations', 'buildings', 'requests', 'norms', 'wall'],
  emergencyOpen: ['overview', 'map', 'buildings', 'wall'],
  late: ['organizations', 'flags'],
  withinNorm: ['organizations'],
  reopened: ['overview', 'organizations', 'flags'],
  confirmed: ['overview', 'organizations'],
  marked: ['requests'],
  inflowPerFlats: ['organizations'],
  responseMedian: ['organizations'],
  responseP90: ['organizations'],
  resolutionMedian: ['organizations'],
  resolutionP90: ['organizations'],
  buildingIntensity: ['buildings'],
  buildingSilence: ['buildings'],
}

export const PATHS = {
  overview: '/',
  map: '/map',
  organizations: '/organizations',
  buildings: '/buildings',
  requests: '/requests',
  flags: '/flags',
  norms: '/norms',
  wall: '/wall',
} as const satisfies Record<ShownOn, string>
