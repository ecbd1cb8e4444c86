/** What power publishes. A row that is not energized has zero load and zero voltage. */
import { simulatedFrom, type Declared } from '../kernel/provenance.ts'
import { real, tableSpec, whole } from '../kernel/table.ts'

// What flows follows the customers of the grid, the weather, and where cars end their trips and charge.
const flow = simulatedFrom('grid', 'weather', 'zones')
// Who has supply follows the switches alone.
const supply = simulatedFrom('grid')
const temperature: Declared = { kind: 'simulated', from: ['weather'] }

export const substationTable = tableSpec(
  'power.substations',
  flow,
  {
    loadW: real(10_000),
    loadingRatio: real(0.01), // apparent power over rating
    isInService: whole('u8'),
  },
  { isInService: supply },
)

export const feederTable = tableSpec(
  'power.feeders',
  flow,
  {
    loadW: real(5_000), // drawn at the head, losses included
    lossW: real(500),
    loadingRatio: real(0.01), // of its most loaded line
    minVoltagePu: real(0.001),
    isEnergized: whole('u8'), // at its head
    customersOut: whole('u32'),
  },
  { isEnergized: supply, customersOut: supply },
)

export const busTable = tableSpec(
  'power.buses',
  flow,
  {
    voltagePu: real(0.002),
    loadingRatio: real(0.02), // of the line from its parent
    isEnergized: whole('u8'),
  },
  { isEnergized: supply },
)

export const transformerTable = tableSpec(
  'power.transformers',
  flow,
  {
    loadW: real(2_000),
    loadingRatio: real(0.02),
    isEnergized: whole('u8'),
  },
  { isEnergized: supply },
)

export const breakerTable = tableSpec('power.breakers', supply, {
  isOpen: whole('u8'),
})

/** One row: the whole city. */
export const powerSystemTable = tableSpec(
  'power.system',
  flow,
  {
    loadW: real(10_000), // supplied to customers
    lossW: real(1_000),
    pvW: real(10_000),
    evW: real(1_000), // charging
    customersOut: whole('u32'),
    temperatureC: real(0.1),
  },
  { customersOut: supply, temperatureC: temperature },
)
