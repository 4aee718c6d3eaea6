import { PALETTES, type Palette, type Scheme } from '#web/ui/theme.ts'

/** On a wall water and land stand further apart. */
const DARK: Palette = { ...PALETTES.dark, 'map-land': '#12181D', 'map-water': '#1D2F3C' }

export const wallPalette = (scheme: Scheme): Palette =>
  scheme === 'dark' ? DARK : PALETTES[scheme]

/** The wall has a scheme of its own, whatever the page's is. */
export const variables = (palette: Palette) =>
  Object.fromEntries(Object.entries(palette).map(([name, colour]) => [`--${name}`, colour]))
