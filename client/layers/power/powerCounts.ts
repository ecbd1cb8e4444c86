/** How many transformers and substations are in each class of the legend. */
import { breakerTable, substationTable, transformerTable } from '../../../twin/power/tables.ts'
import type { LayerContext } from '../layer.ts'
import { loadingStep } from './powerStates.ts'

/** From here on transformers can be told apart, and are drawn. */
export const TRANSFORMERS_FROM_ZOOM = 15.3

export interface PowerCounts {
  /** Transformers with supply, by step of the palette. */
  readonly step: readonly number[]
  /** Transformers without. */
  readonly dark: number
  readonly substations: number
  readonly substationsOut: number
  readonly breakersOpen: number
}

/** `step` and `dark` together are all transformers, `substations` with those out all substations. */
export function countPower({ mirror }: Pick<LayerContext, 'mirror'>): PowerCounts {
  const transformers = mirror.table(transformerTable)
  const { loadingRatio, isEnergized } = transformers.columns
  const step = [0, 0, 0, 0, 0]
  let dark = 0
  for (let row = 0; row < transformers.rows; row++) {
    if (isEnergized[row] === 1) step[loadingStep(loadingRatio[row])]++
    else dark++
  }
  const { rows, columns } = mirror.table(substationTable)
  let substationsOut = 0
  for (let row = 0; row < rows; row++) if (columns.isInService[row] !== 1) substationsOut++
  const breakers = mirror.table(breakerTable)
  let breakersOpen = 0
  for (let row = 0; row < breakers.rows; row++) if (breakers.columns.isOpen[row] === 1) breakersOpen++
  return { step, dark, substations: rows - substationsOut, substationsOut, breakersOpen }
}
