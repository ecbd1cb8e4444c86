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

/** The URL's theme, or the machine's. A wall is a night thing unless told otherwise. */
export function themeOf(view: Pick<View, 'theme'>, isWall: boolean, prefersLight: boolean): ThemeName {
  if (view.theme !== 'auto') return view.theme
  return prefersLight && !isWall ? 'day' : 'night'
}

export function applyTheme(theme: Theme, root: HTMLElement): void {
  for (const [name, value] of Object.entries(cssVariables(theme))) root.style.setProperty(name, value)
  root.style.setProperty('color-scheme', theme.name === 'night' ? 'dark' : 'light')
  root.dataset['theme'] = theme.name
}
