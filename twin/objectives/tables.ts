/** What the city as a whole is judged by: one row per indicator of `indicators.ts`. */
import { simulatedFrom } from '../kernel/provenance.ts'
import { exact, tableSpec } from '../kernel/table.ts'

export const indicatorTable = tableSpec('objectives.indicators', simulatedFrom(), {
  value: exact(), // in the indicator's own unit: a ratio, or hundreds of megawatts
})
