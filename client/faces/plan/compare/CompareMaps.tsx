/** The maps beside the page's own: swiped, flipped, or side by side. All move together, and tell the same clock where their runs do. */
import { useState } from 'react'
import { sayCompare } from '../../../language/compareWords.ts'
import { useShell } from '../../../shell/shellContext.ts'
import type { MeasureId } from '../../../layers/difference/field.ts'
import { MapName } from './MapName.tsx'
import { SideMap } from './SideMap.tsx'
import { SwipeBar } from './SwipeBar.tsx'
import type { Compare } from './useCompare.ts'

/** The page's own map stands second, so that what comes before an edit stands before it. */
const cellOf = (partner: number) => (partner === 0 ? 0 : partner + 1)

/** `measure` is what a difference on the map is of. */
export function CompareMaps({ compare, measure }: { compare: Compare; measure: MeasureId | undefined }) {
  const { live } = useShell()
  const { view, chosen, isFlipped, cells } = compare
  const [bar, setBar] = useState(50)
  if (view === 'difference' && measure !== undefined)
    return (
      <p className="map-name difference-name">
        {sayCompare('places.onMap', { measure: sayCompare(`measure.${measure}`) })}
      </p>
    )
  if (view === 'one' || view === 'difference') return null
  const [first] = chosen
  const edited = sayCompare('maps.edited')
  const shown = view === 'beside' ? chosen : chosen.slice(0, 1)
  const isHidden = view === 'flip' && !isFlipped
  const style =
    view === 'swipe'
      ? { clipPath: `inset(0 ${100 - bar}% 0 0)` }
      : isHidden
        ? { visibility: 'hidden' as const }
        : {}
  return (
    <>
      {shown.map((partner, i) => (
        <SideMap
          key={partner.stream}
          partner={partner}
          cell={view === 'beside' ? cellOf(i) : undefined}
          isHidden={isHidden}
          style={style}
        />
      ))}
      {!(view === 'flip' && isFlipped) && (
        <div className="own-name" data-cell={view === 'beside' ? 1 : undefined}>
          <MapName live={live} name={edited} side={view === 'swipe' ? 'right' : 'left'} />
        </div>
      )}
      {cells === 3 && (
        <p className="side-map quiet" data-cell={3}>
          {sayCompare('maps.empty')}
        </p>
      )}
      {view === 'swipe' && <SwipeBar at={bar} left={first.name} right={edited} onMove={setBar} />}
      <p className="unseen" role="status">
        {view === 'flip' && sayCompare('maps.shown', { name: isFlipped ? first.name : edited })}
        {view === 'swipe' && sayCompare('maps.swiped', { left: first.name, right: edited })}
        {view === 'beside' &&
          sayCompare('maps.laid', {
            n: cells,
            names: [...chosen.map(({ name }) => name), edited].join(', '),
          })}
      </p>
    </>
  )
}
