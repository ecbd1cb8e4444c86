/** What is being drawn: how many corners, how to go on by hand or key, a district at once. */
import { useEffect, useRef } from 'react'
import { sayDraw } from '../../../language/drawWords.ts'
import { formatNumber } from '../../../language/format.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'
import { areaKm2, districtArea, isWhole, type Drawing } from './drawing.ts'
import { districtNames } from './districts.ts'
import type { DrawTool } from './useDrawing.ts'

export function DrawPanel({ tool }: { tool: DrawTool }) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const heading = useRef<HTMLHeadingElement>(null)
  const { drawing, kind } = tool
  const isOn = drawing !== undefined
  // so that Enter is heard by no button; on a phone the map stays in sight
  useEffect(() => {
    if (isOn) heading.current?.focus({ preventScroll: true })
  }, [isOn])
  if (drawing === undefined || kind === undefined) return null
  const isArea = drawing.what === 'area'
  const take = (zone: number) => {
    const area = city && districtArea(city, zone)
    if (area === undefined) return
    tool.takeArea(area)
    heading.current?.focus({ preventScroll: true })
  }
  return (
    <section className="stack draw" aria-label={sayDraw('draw.title')}>
      <h2 ref={heading} tabIndex={-1}>
        {sayDraw(isArea ? 'draw.area' : 'draw.place', { what: sayDraw(`kind.${kind}`) })}
      </h2>
      <p className="small">{sayDraw(isArea ? 'draw.hintArea' : 'draw.hintPlace')}</p>
      {isArea && <Corners drawing={drawing} />}
      <div className="row">
        <button type="button" onClick={tool.set}>
          {sayDraw('draw.set')}
        </button>
        {isArea && (
          <button type="button" disabled={drawing.corners.length === 0} onClick={tool.back}>
            {sayDraw('draw.back')}
          </button>
        )}
      </div>
      {isArea && city && (
        <label>
          <span className="unseen">{sayDraw('draw.district')}</span>
          <select value="" onChange={({ target }) => take(Number(target.value))}>
            <option value="">{sayDraw('draw.district')}</option>
            {districtNames(city).map(({ zone, name }) => (
              <option key={zone} value={zone}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="row">
        {isArea && (
          <button type="button" className="strong" disabled={!isWhole(drawing)} onClick={tool.done}>
            {sayDraw('draw.done')}
          </button>
        )}
        <button type="button" onClick={tool.cancel}>
          {sayDraw('draw.cancel')}
        </button>
      </div>
    </section>
  )
}

function Corners({ drawing }: { drawing: Drawing }) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const n = drawing.corners.length
  const words =
    city === undefined || !isWhole(drawing)
      ? sayDraw('draw.cornersFew', { n })
      : sayDraw('draw.corners', { n, area: formatNumber(areaKm2(drawing, city), 2) })
  return <p role="status">{words}</p>
}
