/** The map of another stream, on the page's camera: a mirror and a map of its own, as long as it is compared. */
import { useEffect, useMemo, type CSSProperties } from 'react'
import { MapView } from '../../../map/MapView.tsx'
import { useShell } from '../../../shell/shellContext.ts'
import { makeSide } from '../../../state/sideLive.ts'
import { useSketchedEdits } from '../draw/useSketchedEdits.ts'
import { MapName } from './MapName.tsx'
import type { Partner } from './useCompare.ts'

interface SideMapProps {
  readonly partner: Partner
  /** Which cell of those side by side; undefined where it lies over the page's map. */
  readonly cell: number | undefined
  readonly isHidden: boolean
  readonly style?: CSSProperties
}

export function SideMap({ partner, cell, isHidden, style }: SideMapProps) {
  const { live, theme, language } = useShell()
  const { stream, together, edits } = partner
  // the same two, in an object made anew with each rendering
  const { record, own } = together ?? {}
  const side = useMemo(
    () => makeSide(live, stream, record && own && { record, own }),
    [live, stream, record, own],
  )
  useEffect(() => () => side.stop(), [side])
  useSketchedEdits(side, edits, language)
  return (
    <div className="side-map" role="group" aria-label={partner.name} data-cell={cell} style={style}>
      <MapView live={side} theme={theme} isHidden={isHidden} />
      <MapName live={side} name={partner.name} side="left" />
    </div>
  )
}
