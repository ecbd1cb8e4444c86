/** What the city as a whole is judged by: one row per indicator of `indicators.ts`. */
import { real, tableSpec } from '../kernel/table.ts'

export const indicatorTable = tableSpec('objectives.indicators', 'simulated', {
  value: real(0.01), // in the indicator's own unit
})
