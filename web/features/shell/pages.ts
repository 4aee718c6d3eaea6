import type { IconName } from '#web/ui/icons.ts'

export interface Page {
  name:
    | 'overview'
    | 'today'
    | 'map'
    | 'organizations'
    | 'buildings'
    | 'requests'
    | 'registry'
    | 'desk'
    | 'flags'
    | 'outages'
    | 'integrity'
    | 'notices'
    | 'norms'
    | 'sources'
    | 'dictionary'
    | 'wall'
  to: string
  icon: IconName
  /** Follows `g`. */
  key: string
  group: 0 | 1 | 2
}

/** Sections in the order of the rail: what is looked at daily, what waits for a decision, what the numbers rest on. A section whose route is not there is not shown. */
export const PAGES: readonly Page[] = [
  { name: 'overview', to: '/', icon: 'gauge', key: 'o', group: 0 },
  { name: 'today', to: '/today', icon: 'day', key: 't', group: 0 },
  { name: 'map', to: '/map', icon: 'map', key: 'm', group: 0 },
  { name: 'requests', to: '/requests', icon: 'requests', key: 'r', group: 0 },
  { name: 'buildings', to: '/buildings', icon: 'buildings', key: 'b', group: 0 },
  { name: 'organizations', to: '/organizations', icon: 'organizations', key: 'c', group: 0 },
  { name: 'desk', to: '/desk', icon: 'desk', key: 'd', group: 1 },
  { name: 'flags', to: '/flags', icon: 'flag', key: 'f', group: 1 },
  { name: 'integrity', to: '/integrity', icon: 'question', key: 'q', group: 1 },
  { name: 'outages', to: '/outages', icon: 'outages', key: 'l', group: 1 },
  { name: 'notices', to: '/notices', icon: 'bell', key: 'a', group: 1 },
  { name: 'registry', to: '/registry', icon: 'registry', key: 'e', group: 2 },
  { name: 'norms', to: '/norms', icon: 'norms', key: 'n', group: 2 },
  { name: 'sources', to: '/sources', icon: 'sources', key: 's', group: 2 },
  { name: 'dictionary', to: '/metrics-dictionary', icon: 'dictionary', key: 'i', group: 2 },
  { name: 'wall', to: '/screens', icon: 'wall', key: 'w', group: 2 },
]

/** Routes that the rail does not list: they are opened from other pages. */
export const UNLISTED = [{ name: 'presets', to: '/presets' }] as const

/** `/organizations` and everything under it; districts are compared there. */
export const isWithin = (path: string, to: string): boolean =>
  to === '/'
    ? path === '/'
    : path === to ||
      path.startsWith(`${to}/`) ||
      (to === '/organizations' && path.startsWith('/districts/'))
