/** The preferences in a line where there is room, behind a button where there is not. */
import type { Face } from '../../twin/protocol/roles.ts'
import { useState } from 'react'
import { say } from '../language/language.ts'
import { Preferences } from './Preferences.tsx'

export function PreferencesMenu({ face }: { face: Face }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="bare menu-button"
        aria-expanded={isOpen}
        aria-controls="preferences"
        aria-label={say('menu.title')}
        onClick={() => setOpen(!isOpen)}
      >
        ≡
      </button>
      <nav id="preferences" className="preferences" data-open={isOpen} aria-label={say('menu.title')}>
        <Preferences face={face} />
      </nav>
    </>
  )
}
