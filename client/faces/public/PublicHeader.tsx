/** The strip above the public map: clock, freshness, and a menu of preferences. */
import { useState } from 'react'
import { say } from '../../language/language.ts'
import { Preferences } from '../../shell/Preferences.tsx'
import { Clock, StatusLine } from '../../shell/StatusLine.tsx'

export function PublicHeader() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Clock />
      <span className="push" />
      <StatusLine />
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
      <div id="preferences" className="preferences" data-open={isOpen}>
        <Preferences />
      </div>
    </>
  )
}
