/** Marks on the map what is lost in a drill and what has been done about it. */
import { useEffect } from 'react'
import type { DrillState } from '../../../../twin/protocol/drillMessages.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import type { Live } from '../../../state/live.ts'
import { shapesOfEdits } from '../draw/editShapes.ts'

export function useSketchedDrill(live: Live, state: DrillState | undefined): void {
  const isOn = state !== undefined && state.startMs !== undefined
  const substation = isOn ? state.substation : undefined
  const held = isOn ? state.work.filter(({ untilS }) => untilS === undefined).map(({ edit }) => edit) : []
  // the same work is told twice a second
  const key = JSON.stringify(held)
  useEffect(() => {
    const { city } = live.store.get()
    if (city === undefined || substation === undefined) return
    const loss: ScenarioEdit = { kind: 'substationOut', id: 'loss', substation }
    // as it was written above
    const done = JSON.parse(key) as readonly ScenarioEdit[]
    live.sketch.draw('drill', shapesOfEdits([loss, ...done], city))
    return () => live.sketch.draw('drill', [])
  }, [live, substation, key])
}
