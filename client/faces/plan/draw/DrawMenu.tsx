/** Chooses what to draw: an area or a place, and what the scenario does with it. */
import { sayDraw } from '../../../language/drawWords.ts'
import { areaKinds, placeKinds, type AreaKind, type PlaceKind } from './drawnEdits.ts'
import type { DrawTool } from './useDrawing.ts'

export function DrawMenu({ tool }: { tool: DrawTool }) {
  return (
    <label className="row">
      <span className="unseen">{sayDraw('draw.add')}</span>
      <select
        value=""
        // the options are these kinds
        onChange={({ target }) => tool.begin(target.value as AreaKind | PlaceKind)}
      >
        <option value="">{sayDraw('draw.add')}</option>
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
      </select>
    </label>
  )
}
