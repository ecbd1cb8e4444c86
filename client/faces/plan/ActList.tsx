/** A list of things to do: what is chosen is done at once, and nothing stays chosen. */
import type { KeyboardEvent, ReactNode } from 'react'

interface ActListProps {
  readonly label: string
  onChoose(value: string): void
  /** Options, or groups of them. */
  readonly children: ReactNode
}

export function ActList({ label, onChoose, children }: ActListProps) {
  return (
    <label className="row">
      <span className="unseen">{label}</span>
      <select value="" onChange={({ target }) => onChoose(target.value)} onKeyDown={openFirst}>
        <option value="">{label}</option>
        {children}
      </select>
    </label>
  )
}

/** In a closed list an arrow key would do what comes next, and never reach what comes after it. */
function openFirst(event: KeyboardEvent<HTMLSelectElement>): void {
  const list = event.currentTarget
  const canTell = 'showPicker' in list && CSS.supports('selector(:open)')
  if (!/^(Arrow|Page|Home$|End$)/.test(event.key) || event.altKey || !canTell || list.matches(':open')) return
  event.preventDefault()
  list.showPicker()
}
