/** Paths on an 18 × 18 grid. */
export const ICONS = {
  house: 'M2.5 8 9 2.5 15.5 8M4 6.8v8.7h10V6.8M9 15.5v-4',
  gauge: 'M2.3 13.6a6.8 6.8 0 1 1 13.4 0M9 13.6l3.2-5.4',
  map: 'M1.8 4.2 6.6 2.5l4.8 1.9 4.8-1.7v11.1l-4.8 1.7-4.8-1.9-4.8 1.7ZM6.6 2.5v11.1M11.4 4.4v11.1',
  organizations: 'M2.5 15.5v-12h7v12M9.5 8h6v7.5M.8 15.5h16.4M5 6.5h2M5 9.5h2M12 11h1',
  buildings:
    'M3.5 15.5v-13h11v13M1.5 15.5h15M6.5 5.5h1M10.5 5.5h1M6.5 8.5h1M10.5 8.5h1M7.5 15.5v-4h3v4',
  requests: 'M2 3h14v12H2ZM5 7h8M5 10.5h5',
  registry: 'M4 2h10v14H4ZM7 5.5h4M7 8.5h4M7 11.5h2.5M4 13.5h10',
  flag: 'M4 16V2.5M4 3h10.5l-2.5 3.5 2.5 3.5H4',
  outages: 'M10 1.5 3.5 10.5H9L7.5 16.5 14.5 7.5H9Z',
  desk: 'M1.5 10.5h15M3 10.5v5M15 10.5v5M5.5 10.5v-5h7v5M7.5 7.5h3',
  norms: 'M4 2.5h7l3 3v10H4ZM11 2.5v3h3M6.5 8.5h5M6.5 11h5M6.5 13.3h3',
  sources: 'M2 4.5h5M2 9h5M2 13.5h5M7 4.5 11 9 7 13.5M7 9h4M11 6.5h5v5h-5Z',
  dictionary:
    'M3 3.5h5a1 1 0 0 1 1 1v10.5a1.5 1.5 0 0 0-1.5-1.5H3ZM15 3.5h-5a1 1 0 0 0-1 1v10.5a1.5 1.5 0 0 1 1.5-1.5H15Z',
  wall: 'M1.5 3h15v9.5h-15ZM6 15.5h6M9 12.5v3',
  keys: 'M1.5 4.5h15v9h-15ZM4 7.3h.1M6.5 7.3h.1M9 7.3h.1M11.5 7.3h.1M14 7.3h.1M5.5 10.7h7',
  collapse: 'M3.5 4v10M12.5 4.5 8 9l4.5 4.5',
  expand: 'M14.5 4v10M5.5 4.5 10 9l-4.5 4.5',
  search: 'M8 13.2A5.2 5.2 0 1 0 8 2.8a5.2 5.2 0 0 0 0 10.4ZM12 12l4 4',
  down: 'M4.5 7 9 11.5 13.5 7',
  close: 'M4 4l10 10M14 4 4 14',
  check: 'M3.5 9.5 7.5 13.5 14.5 5',
  menu: 'M2.5 4.5h13M2.5 9h13M2.5 13.5h13',
  clock: 'M9 16A7 7 0 1 0 9 2a7 7 0 0 0 0 14ZM9 5v4.3l2.8 1.7',
  number: 'M3 6.5h12.5M2.5 11.5h12.5M7 2.5 5.5 15.5M12.5 2.5 11 15.5',
} as const

export type IconName = keyof typeof ICONS
