/** What power publishes. A row that is not energized has zero load and zero voltage. */
import { real, tableSpec, whole } from '../kernel/table.ts'

export const substationTable = tableSpec('power.substations', 'simulated', {
  loadW: real(10_000),
  loadingRatio: real(0.01), // apparent power over rating
  isInService: whole('u8'),
})

export const feederTable = tableSpec('power.feeders', 'simulated', {
  loadW: real(5_000), // drawn at the head, losses included
  lossW: real(500),
  loadingRatio: real(0.01), // of its most loaded line
  minVoltagePu: real(0.001),
  isEnergized: whole('u8'), // at its head
  customersOut: whole('u32'),
})

export const busTable = tableSpec('power.buses', 'simulated', {
  voltagePu: real(0.002),
  loadingRatio: real(0.02), // of the line from its parent
  isEnergized: whole('u8'),
})

export const transformerTable = tableSpec('power.transformers', 'simulated', {
  loadW: real(2_000),
  loadingRatio: real(0.02),
  isEnergized: whole('u8'),
})

export const breakerTable = tableSpec('power.breakers', 'simulated', {
  isOpen: whole('u8'),
})

/** One row: the whole city. */
export const powerSystemTable = tableSpec('power.system', 'simulated', {
  loadW: real(10_000), // supplied to customers
  lossW: real(1_000),
  pvW: real(10_000),
  evW: real(1_000), // charging
  customersOut: whole('u32'),
  temperatureC: real(0.1),
})
