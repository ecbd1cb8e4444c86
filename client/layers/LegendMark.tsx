/** A mark of the map with what it means and how many there are now. */
import type { ReactNode } from 'react'
import { formatNumber } from '../language/format.ts'

export interface LegendMarkProps {
  /** The mark as it is drawn. */
  readonly children: ReactNode
  readonly text: string
  readonly count?: number
}

export function LegendMark({ children, text, count }: LegendMarkProps) {
  return (
    <li>
      {children}
      <span>
        {text}
        {count !== undefined && <b> {formatNumber(count)}</b>}
      </span>
    </li>
  )
}
