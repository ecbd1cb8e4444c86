/** What the power layer says in words of what is selected. */
import { Suspense } from 'react'
import { lazyPart } from '../../state/lazyPart.ts'
import { feederTable, substationTable, transformerTable, busTable } from '../../../twin/power/tables.ts'
import { formatNumber, formatPercent, formatPower } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { Facts, type Fact } from '../Facts.tsx'
import { LastHour } from '../LastHour.tsx'
import type { LayerContext, Selection } from '../layer.ts'
import { fileOrigin, originOf } from '../origin.ts'

const FeederCharts = lazyPart(() =>
  import('./FeederCharts.tsx').then(({ FeederCharts }) => ({ default: FeederCharts })),
)
const SubstationCharts = lazyPart(() =>
  import('./SubstationCharts.tsx').then(({ SubstationCharts }) => ({ default: SubstationCharts })),
)

export function PowerInspector({ context, selection }: { context: LayerContext; selection: Selection }) {
  const { grid } = context.city
  if (grid === undefined) return null
  const { row, table } = selection
  if (table === substationTable.name) return <SubstationFacts context={context} row={row} />
  if (table === transformerTable.name) return <TransformerFacts context={context} row={row} />
  return <FeederFacts context={context} row={row} />
}

interface FactsOf {
  readonly context: LayerContext
  readonly row: number
}

function SubstationFacts({ context, row }: FactsOf) {
  const grid = context.city.grid!
  const { loadW, loadingRatio, isInService } = context.mirror.table(substationTable).columns
  const of = (column: keyof typeof substationTable.columns) => originOf(context, substationTable, column, row)
  const isReal = grid.substations.isReal[row] === 1
  const made = fileOrigin(context, 'grid', 'synthesised')
  const mva = (va: number) => `${formatNumber(va / 1e6)} MVA`
  const kv = (v: number) => `${formatNumber(v / 1e3, 1)} kV`
  return (
    <Facts
      title={grid.substations.name[row]}
      kind={`${say('power.substation')} · ${say(isReal ? 'origin.map' : 'origin.synthesised')}`}
      alarm={isInService[row] === 1 ? undefined : say('power.substationOut')}
      facts={[
        { name: say('power.load'), value: formatPower(loadW[row]), origin: of('loadW') },
        { name: say('power.loading'), value: formatPercent(loadingRatio[row]), origin: of('loadingRatio') },
        {
          name: say('power.service'),
          value: say(isInService[row] === 1 ? 'power.inService' : 'power.outOfService'),
          origin: of('isInService'),
        },
        { name: say('power.rating'), value: mva(grid.substations.ratedVa[row]), origin: made },
        {
          name: say('power.primary'),
          // not every substation of the map says it
          value: grid.substations.primaryV[row] > 0 ? kv(grid.substations.primaryV[row]) : '–',
          origin: isReal ? fileOrigin(context, 'grid', 'map') : made,
        },
      ]}
    >
      <Suspense>
        <SubstationCharts context={context} row={row} />
      </Suspense>
      <History context={context} table={substationTable.name} row={row} column="loadW" />
    </Facts>
  )
}

function FeederFacts({ context, row }: FactsOf) {
  const grid = context.city.grid!
  const columns = context.mirror.table(feederTable).columns
  const of = (column: keyof typeof feederTable.columns) => originOf(context, feederTable, column, row)
  const out = columns.customersOut[row]
  const facts: Fact[] = [
    { name: say('power.load'), value: formatPower(columns.loadW[row]), origin: of('loadW') },
    {
      name: say('power.loading'),
      value: `${formatPercent(columns.loadingRatio[row])} ${say('power.loadedMost')}`,
      origin: of('loadingRatio'),
    },
    { name: say('power.losses'), value: formatPower(columns.lossW[row]), origin: of('lossW') },
    {
      name: say('power.minVoltage'),
      value: `${formatNumber(columns.minVoltagePu[row], 3)} pu`,
      origin: of('minVoltagePu'),
    },
    { name: say('power.customersOut'), value: formatNumber(out), origin: of('customersOut') },
    {
      name: say('power.fromSubstation'),
      value: grid.substations.name[grid.feeders.substation[row]],
      origin: fileOrigin(context, 'grid', 'synthesised'),
    },
  ]
  return (
    <Facts
      title={grid.feeders.name[row]}
      kind={`${say('power.feeder')} · ${formatNumber(grid.feeders.nominalV[row] / 1e3, 1)} kV`}
      alarm={columns.isEnergized[row] === 1 ? undefined : say('power.noSupply')}
      facts={facts}
    >
      <Suspense>
        <FeederCharts context={context} feeder={row} />
      </Suspense>
      <History context={context} table={feederTable.name} row={row} column="loadW" />
    </Facts>
  )
}

function TransformerFacts({ context, row }: FactsOf) {
  const { transformers, buses, feeders } = context.city.grid!
  const { loadW, loadingRatio, isEnergized } = context.mirror.table(transformerTable).columns
  const of = (column: keyof typeof transformerTable.columns) =>
    originOf(context, transformerTable, column, row)
  const made = fileOrigin(context, 'grid', 'synthesised')
  const assumed = fileOrigin(context, 'grid', 'assumed')
  const bus = transformers.bus[row]
  const voltagePu = context.mirror.table(busTable).columns.voltagePu[bus]
  return (
    <Facts
      title={`${say('power.transformer')} ${row}`}
      kind={feeders.name[buses.feeder[bus]]}
      alarm={isEnergized[row] === 1 ? undefined : say('power.noSupply')}
      facts={[
        { name: say('power.load'), value: formatPower(loadW[row]), origin: of('loadW') },
        { name: say('power.loading'), value: formatPercent(loadingRatio[row]), origin: of('loadingRatio') },
        {
          name: say('power.voltage'),
          value: `${formatNumber(voltagePu, 3)} pu`,
          origin: originOf(context, busTable, 'voltagePu', bus),
        },
        {
          name: say('power.rating'),
          value: `${formatNumber(transformers.ratedVa[row] / 1e3)} kVA`,
          origin: made,
        },
        {
          name: say('power.customers'),
          value: formatNumber(transformers.customers[row]),
          origin: made,
        },
        { name: say('power.solar'), value: formatPower(transformers.pvW[row]), origin: assumed },
        { name: say('power.chargers'), value: formatPower(transformers.chargerW[row]), origin: assumed },
      ]}
    >
      <Suspense>
        <FeederCharts context={context} feeder={buses.feeder[bus]} bus={bus} />
      </Suspense>
      <History context={context} table={transformerTable.name} row={row} column="loadW" />
    </Facts>
  )
}

function History(props: FactsOf & { table: string; column: string }) {
  return (
    <LastHour
      table={props.table}
      row={props.row}
      column={props.column}
      title={say('power.load')}
      format={formatPower}
      timeZone={props.context.city.info.timeZone}
    />
  )
}
