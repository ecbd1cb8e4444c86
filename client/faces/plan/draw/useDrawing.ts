/** Drawing on the map: by clicks, or by a cross that the arrow keys move; shown as it grows, and an edit in the end. */
import { useEffect, useState } from 'react'
import type { LngLat } from '../../../../twin/geo/projection.ts'
import type { NewEdit } from '../../../../twin/scenario/thing.ts'
import { useLatest } from '../../../shell/useLatest.ts'
import type { Live } from '../../../state/live.ts'
import { panned } from '../../../state/panned.ts'
import { editOfArea, editOfPlace, isAreaKind, type AreaKind, type PlaceKind } from './drawnEdits.ts'
import { isWhole, shapeOf, withCorner, withoutLastCorner, type Drawing } from './drawing.ts'

const STEP_PX = 40
const FINE_PX = 6
const arrows: Readonly<Record<string, readonly [right: number, up: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

export interface DrawTool {
  /** Undefined while nothing is drawn. */
  readonly drawing: Drawing | undefined
  readonly kind: AreaKind | PlaceKind | undefined
  begin(kind: AreaKind | PlaceKind): void
  /** Takes a click on the map; true while something is drawn. */
  take(at: LngLat): boolean
  /** Sets a corner under the cross. */
  set(): void
  /** All corners at once. */
  takeArea(corners: readonly LngLat[]): void
  back(): void
  done(): void
  cancel(): void
}

export function useDrawing(live: Live, onEdit: (edit: NewEdit) => void): DrawTool {
  const [kind, setKind] = useState<AreaKind | PlaceKind>()
  const [drawing, setDrawing] = useState<Drawing>()
  const cancel = () => {
    setKind(undefined)
    setDrawing(undefined)
  }
  const finish = (drawn: Drawing | undefined) => {
    if (kind === undefined || drawn === undefined || !isWhole(drawn)) return
    onEdit(isAreaKind(kind) ? editOfArea(kind, drawn.corners) : editOfPlace(kind, drawn.corners[0]))
    cancel()
  }
  const put = (at: LngLat) => {
    if (drawing === undefined) return
    const next = withCorner(drawing, at)
    if (next.what === 'place') finish(next)
    else setDrawing(next)
  }
  const tool: DrawTool = {
    drawing,
    kind,
    begin(next) {
      setKind(next)
      setDrawing({ what: isAreaKind(next) ? 'area' : 'place', corners: [] })
    },
    take(at) {
      put(at)
      return drawing !== undefined
    },
    set() {
      const { camera } = live.store.get().view
      if (camera !== undefined) put([camera.lng, camera.lat])
    },
    takeArea: (corners) => setDrawing({ what: 'area', corners }),
    back: () => setDrawing((before) => before && withoutLastCorner(before)),
    done: () => finish(drawing),
    cancel,
  }
  useDrawKeys(live, tool)
  useEffect(() => {
    live.sketch.draw('drawing', drawing ? shapeOf(drawing) : [])
    return () => live.sketch.draw('drawing', [])
  }, [live, drawing])
  return tool
}

/** While something is drawn the keys are the tool's, before the map and the panels hear of them. */
function useDrawKeys(live: Live, tool: DrawTool): void {
  const latest = useLatest(tool)
  const isOn = tool.drawing !== undefined
  useEffect(() => {
    if (!isOn) return
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return
      if (!act(live, latest.current, event)) return
      event.preventDefault()
      event.stopPropagation()
    }
    addEventListener('keydown', onKey, { capture: true })
    return () => removeEventListener('keydown', onKey, { capture: true })
  }, [live, latest, isOn])
}

/** Whether it was one of the tool's keys. */
function act(live: Live, tool: DrawTool, { key, shiftKey }: KeyboardEvent): boolean {
  const arrow = arrows[key]
  if (arrow !== undefined) {
    const { camera } = live.store.get().view
    const step = shiftKey ? FINE_PX : STEP_PX
    if (camera !== undefined)
      live.camera.go({ at: panned(camera, arrow[0] * step, arrow[1] * step), durationMs: 0 })
    return true
  }
  if (key === 'Enter' && shiftKey) tool.done()
  else if (key === 'Enter') tool.set()
  else if (key === 'Backspace' || key === 'Delete') tool.back()
  else if (key === 'Escape') tool.cancel()
  else return false
  return true
}

/** A field keeps all of its keys, and what can be pressed its Enter; Escape is the tool's everywhere. */
function isTaken({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement) || key === 'Escape') return false
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return true
  return key === 'Enter' && /^(BUTTON|A|SUMMARY)$/.test(target.tagName)
}
