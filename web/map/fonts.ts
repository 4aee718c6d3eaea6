import cyrillic from '@fontsource/golos-text/files/golos-text-cyrillic-500-normal.woff2?url'
import cyrillicExt from '@fontsource/golos-text/files/golos-text-cyrillic-ext-500-normal.woff2?url'
import latin from '@fontsource/golos-text/files/golos-text-latin-500-normal.woff2?url'
import latinExt from '@fontsource/golos-text/files/golos-text-latin-ext-500-normal.woff2?url'
import type { FontFacesSpecification } from 'maplibre-gl'

/** MapLibre draws these files itself, so that no glyph server is needed; a file loads when one of its letters is drawn. */
export const MAP_FONT = 'Golos'
export const FONT_FACES: FontFacesSpecification = {
  [MAP_FONT]: [
    { url: cyrillic, 'unicode-range': ['U+0400-045F', 'U+0490-0491', 'U+04B0-04B1', 'U+2116'] },
    { url: cyrillicExt, 'unicode-range': ['U+0460-052F', 'U+20B4'] },
    { url: latin, 'unicode-range': ['U+0000-00FF', 'U+2000-206F', 'U+2212'] },
    { url: latinExt, 'unicode-range': ['U+0100-02BA', 'U+1E00-1EFF', 'U+20A0-20C0'] },
  ],
}
