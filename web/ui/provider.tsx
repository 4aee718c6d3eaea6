import {
  localStorageColorSchemeManager,
  MantineProvider,
  useComputedColorScheme,
} from '@mantine/core'
import type { ReactNode } from 'react'
import { FONT, PALETTES, type Palette } from './theme.ts'

/** The key is also read by public/scheme.js before the first paint. */
const manager = localStorageColorSchemeManager({ key: 'scheme' })

/** Mantine's own variables come from theme.css: the content policy lets no script write a stylesheet. */
export function LookProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={{ fontFamily: FONT, respectReducedMotion: true, cursorType: 'pointer' }}
      colorSchemeManager={manager}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  )
}

/** The colours of the current scheme, for canvases that cannot read CSS variables. */
export const usePalette = (): Palette => PALETTES[useComputedColorScheme('light')]
