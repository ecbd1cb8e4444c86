/** Near enough to see houses: which buildings are as mapped, and which were laid out from an address. */
import { say } from '../language/language.ts'
import { LegendMark } from '../layers/LegendMark.tsx'
import { edgeColor, LAID_OPACITY, TOLD_APART_FROM_ZOOM } from '../map/buildings.ts'
import { useStore } from '../state/store.ts'
import { useShell } from './shellContext.ts'

export function BuildingLegend() {
  const { live, theme } = useShell()
  const isNear = useStore(live.store, ({ view }) => (view.camera?.zoom ?? 0) >= TOLD_APART_FROM_ZOOM)
  if (!isNear) return null
  return (
    <div className="legend">
      <ul className="legend-marks">
        <LegendMark text={say('building.mapped')}>
          <svg width="16" height="16" aria-hidden>
            <path d="M1 3H15V13H1Z" fill={theme.building} stroke={edgeColor(theme)} />
          </svg>
        </LegendMark>
        <LegendMark text={say('building.laid')}>
          <svg width="16" height="16" aria-hidden>
            <path d="M1 3H15V13H1Z" fill={theme.building} opacity={LAID_OPACITY} />
          </svg>
        </LegendMark>
      </ul>
    </div>
  )
}
