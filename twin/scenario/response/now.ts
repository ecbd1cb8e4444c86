/** What those who answer an incident look at: the city as it stands, in the columns that a twin and a page's mirror both have. */
import type { Columns, ColumnSpecs, TableSpec } from '../../kernel/table.ts'
import { feederTable, transformerTable } from '../../power/tables.ts'
import { linkTable, signalModes, signalTable } from '../../traffic/tables.ts'
import type { Twin } from '../../twin.ts'

export const DARK = signalModes.indexOf('dark')

export interface CityNow {
  readonly links: Columns<typeof linkTable.columns>
  readonly signals: Columns<typeof signalTable.columns>
  readonly feeders: Columns<typeof feederTable.columns>
  readonly transformers: Columns<typeof transformerTable.columns>
}

/** `columnsOf` gives the columns of one of the twin's tables. */
export function nowBy(columnsOf: <S extends ColumnSpecs>(spec: TableSpec<S>) => Columns<S>): CityNow {
  return {
    links: columnsOf(linkTable),
    signals: columnsOf(signalTable),
    feeders: columnsOf(feederTable),
    transformers: columnsOf(transformerTable),
  }
}

/** Of a twin, as it goes on: the columns are the twin's own. */
export function nowOf({ tables }: Twin): CityNow {
  return nowBy(<S extends ColumnSpecs>(spec: TableSpec<S>) => {
    const table = tables.find((each) => each.spec === (spec as unknown))
    if (table === undefined) throw new Error(`there is no table ${spec.name}`)
    return table.columns as unknown as Columns<S>
  })
}
