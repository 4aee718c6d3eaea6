/**
 * Every colour of the product by name: [light, dark]. theme.css gives the same names to stylesheets as `--paper` …;
 * charts and the map, which cannot read CSS variables, take them from here.
 */
export const COLOURS = {
  paper: ['#F6F5F1', '#0E1216'],
  surface: ['#FFFFFF', '#151B21'],
  'surface-2': ['#EFEDE7', '#1C242C'],
  hairline: ['#DDD9CF', '#2A343E'],
  ink: ['#161A1D', '#E9EDF0'],
  'ink-2': ['#4C545B', '#A9B4BD'],
  /** On surface only; on paper use ink-2. */
  'ink-3': ['#6B747C', '#84909A'],
  accent: ['#0A6C74', '#4FC3C9'],
  'worse-text': ['#A1440F', '#F09A5B'],
  'worse-1': ['#F3C9A5', '#6B4326'],
  'worse-2': ['#E08A4A', '#C9763A'],
  'worse-3': ['#B4511C', '#F09A5B'],
  'better-1': ['#B9DAD8', '#1F4A4B'],
  'better-2': ['#5AA7A6', '#3A8C8E'],
  'better-3': ['#14696B', '#6CC5C4'],
  'volume-1': ['#E4E8EA', '#202A32'],
  'volume-2': ['#BCC7CE', '#34434F'],
  'volume-3': ['#8A9BA7', '#516677'],
  'volume-4': ['#566977', '#7D95A6'],
  'volume-5': ['#243642', '#BCCEDA'],
  /** For shapes; text takes watch-text. */
  watch: ['#A86A00', '#F2B84B'],
  'watch-text': ['#8F5A00', '#F2B84B'],
  'watch-on': ['#FFF3D6', '#33270E'],
  inspect: ['#A8321A', '#FF8A66'],
  'inspect-on': ['#FCE4DC', '#3A1A12'],
  /** People in danger or an emergency past its limit, and nothing else. */
  danger: ['#C1121F', '#FF5A5F'],
  good: ['#14696B', '#6CC5C4'],
  'good-on': ['#DDF0EE', '#12302F'],
  'map-land': ['#F6F5F1', '#11171C'],
  'map-road': ['#FFFFFF', '#1E2730'],
  'map-water': ['#DCE5EA', '#1B2A36'],
  'map-building': ['#C9D0D4', '#33414C'],
} as const satisfies Record<string, readonly [light: string, dark: string]>

export type Colour = keyof typeof COLOURS
export type Scheme = 'light' | 'dark'
export type Palette = Readonly<Record<Colour, string>>

const paletteOf = (scheme: Scheme): Palette =>
  // Object.fromEntries forgets which keys it was given.
  Object.fromEntries(
    Object.entries(COLOURS).map(([name, pair]) => [name, pair[scheme === 'light' ? 0 : 1]]),
  ) as Palette

export const PALETTES: Readonly<Record<Scheme, Palette>> = {
  light: paletteOf('light'),
  dark: paletteOf('dark'),
}

export const FONT = "'Golos Text Variable', 'Golos Text', system-ui, sans-serif"
