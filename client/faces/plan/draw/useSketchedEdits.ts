/** Keeps the edits of a scenario marked on the map while its face is open. */
import { useEffect } from 'react'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import type { Live } from '../../../state/live.ts'
import { useStore } from '../../../state/store.ts'
import { shapesOfEdits } from './editShapes.ts'

/** `language` is what the marks are said in. */
export function useSketchedEdits(live: Live, edits: readonly ScenarioEdit[], language: string): void {
  const city = useStore(live.store, (state) => state.city)
  useEffect(() => {
    live.sketch.draw('edits', city ? shapesOfEdits(edits, city) : [])
  }, [live, city, edits, language])
  useEffect(() => () => live.sketch.draw('edits', []), [live])
}
