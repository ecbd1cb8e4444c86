/** The published columns that each indicator is measured from, as `measure.ts` reads them: its provenance is theirs. */
import type { ColumnSpecs, TableSpec } from '../kernel/table.ts'
import { feederTable, powerSystemTable } from '../power/tables.ts'
import { columnIndex } from '../provenance/columns.ts'
import { requestTable } from '../reports/tables.ts'
import { linkTable, signalTable } from '../traffic/tables.ts'
import { transitVehicleTable } from '../transit/tables.ts'
import type { IndicatorId } from './indicators.ts'

/** Rows of `provenance.columns`. What is measured from none is the model's own. */
export const indicatorInputs: Readonly<Record<IndicatorId, readonly number[]>> = {
  vehicles: of(linkTable, 'vehicles'),
  speedRatio: of(linkTable, 'vehicles', 'speedMps'),
  slowLinks: of(linkTable, 'speedMps'),
  queuedVehicles: of(linkTable, 'queueM'),
  darkSignals: of(signalTable, 'mode'),
  loadW: of(powerSystemTable, 'loadW'),
  lossRatio: of(powerSystemTable, 'loadW', 'lossW'),
  customersOut: of(powerSystemTable, 'customersOut'),
  maxFeederLoading: of(feederTable, 'loadingRatio', 'isEnergized'),
  minVoltagePu: of(feederTable, 'minVoltagePu', 'isEnergized'),
  buses: of(transitVehicleTable, 'trip'),
  meanDelayS: of(transitVehicleTable, 'trip', 'delayS'),
  onTimeRatio: of(transitVehicleTable, 'trip', 'delayS'),
  openRequests: of(requestTable, 'status'),
  requestsLastHour: of(requestTable, 'status', 'openedTick'),
  drivingSpeedRatio: [],
}

function of<S extends ColumnSpecs>(table: TableSpec<S>, ...names: (keyof S & string)[]): number[] {
  return names.map((name) => columnIndex(table, name))
}
