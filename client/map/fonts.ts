/** The map's lettering: files that the page serves itself, each loaded only when a label has a letter of its range. */
import atkinsonRanges from '@fontsource-variable/atkinson-hyperlegible-next/unicode.json'
import atkinsonLatinExt from '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2?url'
import atkinsonLatin from '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2?url'
import cyrillicExt from '@fontsource/noto-sans/files/noto-sans-cyrillic-ext-400-normal.woff2?url'
import cyrillic from '@fontsource/noto-sans/files/noto-sans-cyrillic-400-normal.woff2?url'
import greek from '@fontsource/noto-sans/files/noto-sans-greek-400-normal.woff2?url'
import notoRanges from '@fontsource/noto-sans/unicode.json'
import type { FontFaces } from './style.ts'
import { MAP_FONT } from './style.ts'

export const fontFaces: FontFaces = {
  [MAP_FONT]: [
    { url: atkinsonLatin, 'unicode-range': atkinsonRanges.latin.split(',') },
    { url: atkinsonLatinExt, 'unicode-range': atkinsonRanges['latin-ext'].split(',') },
    { url: cyrillic, 'unicode-range': notoRanges.cyrillic.split(',') },
    { url: cyrillicExt, 'unicode-range': notoRanges['cyrillic-ext'].split(',') },
    { url: greek, 'unicode-range': notoRanges.greek.split(',') },
  ],
}
