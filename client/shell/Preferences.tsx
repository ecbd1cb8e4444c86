/** Language, theme (night, day, high contrast), sources and keys: small, the same on every face. */
import { useState, type ReactNode } from 'react'
import type { Face } from '../../twin/protocol/roles.ts'
import { say } from '../language/language.ts'
import { themeNames } from '../theme/theme.ts'
import { Help } from './Help.tsx'
import { useHotkey } from './hotkeys.ts'
import { useShell } from './shellContext.ts'
import { Sources } from './Sources.tsx'

/** `children` are the keys of the face's own lists. */
export function Preferences({ face, children }: { face: Face; children?: ReactNode }) {
  const { theme, language, setTheme, setLanguage } = useShell()
  const [open, setOpen] = useState<'sources' | 'help'>()
  const nextTheme = themeNames[(themeNames.indexOf(theme.name) + 1) % themeNames.length]
  useHotkey('?', () => setOpen('help'))
  useHotkey('t', () => setTheme(nextTheme))
  return (
    <>
      <button type="button" className="bare" onClick={() => setOpen('sources')}>
        {say('sources.button')}
      </button>
      <button
        type="button"
        className="bare"
        lang={language === 'en' ? 'es' : 'en'}
        onClick={() => setLanguage(language === 'en' ? 'es' : 'en')}
      >
        {language === 'en' ? 'Español' : 'English'}
      </button>
      <button type="button" className="bare" onClick={() => setTheme(nextTheme)}>
        {say(`theme.to.${nextTheme}`)}
      </button>
      <button
        type="button"
        className="bare wide-only"
        aria-label={say('help.title')}
        onClick={() => setOpen('help')}
      >
        ?
      </button>
      {open === 'sources' && <Sources onClose={() => setOpen(undefined)} />}
      {open === 'help' && (
        <Help face={face} onClose={() => setOpen(undefined)}>
          {children}
        </Help>
      )}
    </>
  )
}
