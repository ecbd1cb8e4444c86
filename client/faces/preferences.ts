/** Language and theme as the page begins, and how a change of theme reaches the CSS. */
import { languages, type Language } from '../language/language.ts'
import type { View } from '../state/view.ts'
import { cssVariables, type Theme, type ThemeName } from '../theme/theme.ts'

/** The URL's language, or the first of the reader's that there is, or English. */
export function languageOf(view: Pick<View, 'language'>, preferred: readonly string[]): Language {
  if (view.language) return view.language
  const known = preferred.map((tag) => tag.split('-')[0].toLowerCase())
  const spoken: readonly string[] = languages
  return known.find((tag): tag is Language => spoken.includes(tag)) ?? 'en'
}

/** What the machine says its user needs. */
export interface Needs {
  readonly isLight: boolean
  readonly isHighContrast: boolean
}

/** Asks the browser. Who has colours of their own forced on pages sees the map in the nearest to them. */
export function needsOf(media: (query: string) => { readonly matches: boolean }): Needs {
  return {
    isLight: media('(prefers-color-scheme: light)').matches,
    isHighContrast: media('(prefers-contrast: more)').matches || media('(forced-colors: active)').matches,
  }
}

/** The URL's theme, or the machine's. A wall is a night thing unless told otherwise. */
export function themeOf(view: Pick<View, 'theme'>, isWall: boolean, needs: Needs): ThemeName {
  if (view.theme !== 'auto') return view.theme
  if (needs.isHighContrast) return 'contrast'
  return needs.isLight && !isWall ? 'day' : 'night'
}

export function applyTheme(theme: Theme, root: HTMLElement): void {
  for (const [name, value] of Object.entries(cssVariables(theme))) root.style.setProperty(name, value)
  root.style.setProperty('color-scheme', theme.isDark ? 'dark' : 'light')
  root.dataset['theme'] = theme.name
}
