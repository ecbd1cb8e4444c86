/** Edits of the power grid. */
import { editKind, rowSchema } from '../editKind.ts'

/** All that hangs below the breaker loses its supply. */
export const openBreaker = editKind('openBreaker', { breaker: rowSchema }, ({ breaker }) => ({
  settings: [{ target: 'breakerOpen', row: breaker, value: 1 }],
}))

/** All its feeders lose their supply. */
export const takeSubstationOut = editKind('substationOut', { substation: rowSchema }, ({ substation }) => ({
  settings: [{ target: 'substationOut', row: substation, value: 1 }],
}))
