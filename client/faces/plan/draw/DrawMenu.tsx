/** Chooses what to draw: an area or a place, and what the scenario does with it. */
import { sayDraw } from '../../../language/drawWords.ts'
import { ActList } from '../ActList.tsx'
import { areaKinds, placeKinds, type AreaKind, type PlaceKind } from './drawnEdits.ts'
import type { DrawTool } from './useDrawing.ts'

export function DrawMenu({ tool }: { tool: DrawTool }) {
  return (
    <ActList
      label={sayDraw('draw.add')}
      // the options are these kinds
      onChoose={(kind) => tool.begin(kind as AreaKind | PlaceKind)}
    >
      <optgroup label={sayDraw('draw.areas')}>
        {areaKinds.map((kind) => (
          <option key={kind} value={kind}>
            {sayDraw(`kind.${kind}`)}
          </option>
        ))}
      </optgroup>
      <optgroup label={sayDraw('draw.places')}>
        {placeKinds.map((kind) => (
          <option key={kind} value={kind}>
            {sayDraw(`kind.${kind}`)}
          </option>
        ))}
      </optgroup>
    </ActList>
  )
}
