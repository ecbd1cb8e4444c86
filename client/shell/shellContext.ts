/** What every panel may need: the running twin (once its code is here), the theme, and how to change theme and language. */
import { createContext, useContext } from 'react'
import type { Language } from '../language/language.ts'
import type { Live } from '../state/live.ts'
import type { Theme, ThemeName } from '../theme/theme.ts'

export interface Shell {
  readonly live: Live
  readonly theme: Theme
  readonly language: Language
  setTheme(name: ThemeName): void
  setLanguage(language: Language): void
}

export const ShellContext = createContext<Shell | undefined>(undefined)

/** Throws outside a face. */
export function useShell(): Shell {
  const shell = useContext(ShellContext)
  if (!shell) throw new Error('shell: used outside of a face')
  return shell
}
