/** A feeder, drawn: its single-line diagram and its voltage along the way, linked with the map. */
import { useEffect, useMemo } from 'react'
import { busTable, feederTable, substationTable, transformerTable } from '../../../twin/power/tables.ts'
import { Profile } from '../../charts/Profile.tsx'
import { TreeDiagram } from '../../charts/TreeDiagram.tsx'
import { sayChart } from '../../language/chartWords.ts'
import { formatLength, formatNumber, formatPercent } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { usePointed } from '../../state/pointing.ts'
import type { LayerContext } from '../layer.ts'
import { BUSBAR, feederTree } from './feederTree.ts'
import { busWords, feederNodes } from './gridNodes.ts'
import { findBus, pointedBus, pointedSubstation } from './pointPower.ts'
import { VOLTAGE_BAND_PU } from './voltageBand.ts'

export interface FeederChartsProps {
  readonly context: LayerContext
  readonly feeder: number
  /** The bus of what is selected on it. */
  readonly bus?: number
}

export function FeederCharts({ context, feeder, bus }: FeederChartsProps) {
  const { city, mirror, pointing } = context
  const pointed = usePointed(pointing)
  useEffect(() => pointing.offer(findBus({ city }, [feeder])), [pointing, city, feeder])
  const tree = useMemo(() => feederTree(city, feeder), [city, feeder])
  const { voltagePu, isEnergized } = mirror.table(busTable).columns
  const voltages = tree.buses.map((each) =>
    each === BUSBAR || isEnergized[each] !== 1 || voltagePu[each] === 0 ? NaN : voltagePu[each],
  )
  const nodesOf = (rows: readonly number[]) => rows.map((row) => tree.buses.indexOf(row)).filter((i) => i > 0)
  const lit =
    pointed?.table === busTable.name
      ? nodesOf(pointed.rows)
      : pointed?.table === substationTable.name
        ? [0]
        : []
  const substation = city.grid!.feeders.substation[feeder]
  const onPoint = (node: number | undefined) => {
    if (node === undefined) pointing.point(undefined)
    else if (node === 0) pointing.point(pointedSubstation(context, substation))
    else pointing.point(pointedBus(context, tree.buses[node]))
  }
  const onChoose = (node: number) => {
    const [transformer] = tree.transformers[node]
    if (node === 0) pointing.select({ layer: 'power', table: substationTable.name, row: substation })
    else if (transformer === undefined)
      pointing.select({ layer: 'power', table: feederTable.name, row: feeder })
    else pointing.select({ layer: 'power', table: transformerTable.name, row: transformer })
  }
  const shared = {
    parents: tree.parents,
    pointed: lit,
    chosen: bus === undefined ? undefined : tree.buses.indexOf(bus),
    onPoint,
    onChoose,
  }
  return (
    <>
      <TreeDiagram
        {...shared}
        title={sayChart('power.diagram')}
        summary={diagramSummary(context, feeder, tree.transformers)}
        note={sayChart('power.diagramNote')}
        nodes={feederNodes(context, feeder, tree)}
        openColor="var(--alarm-high)"
      />
      <Profile
        {...shared}
        title={sayChart('power.profile')}
        summary={voltageSummary(voltages)}
        note={sayChart('power.profileNote')}
        alongM={tree.alongM}
        values={voltages}
        words={busWords(context, tree, 'distance')}
        band={VOLTAGE_BAND_PU}
        formatValue={(value) => `${formatNumber(value, 2)} pu`}
        formatAlong={formatLength}
        color="var(--power-3)"
      />
    </>
  )
}

function diagramSummary(
  { mirror }: LayerContext,
  feeder: number,
  transformers: readonly (readonly number[])[],
): string {
  const { loadingRatio, isEnergized } = mirror.table(feederTable).columns
  const all = transformers.flat()
  const supplied = mirror.table(transformerTable).columns.isEnergized
  const dark = all.filter((row) => supplied[row] !== 1).length
  if (isEnergized[feeder] !== 1) return say('power.noSupply')
  const loading = formatPercent(loadingRatio[feeder])
  return dark > 0
    ? sayChart('power.diagramDark', { n: all.length, dark })
    : sayChart('power.diagramSummary', { n: all.length, loading })
}

/** «0.981 to 1.020 pu». */
export function voltageSummary(voltages: readonly number[]): string {
  const known = voltages.filter(Number.isFinite)
  if (known.length === 0) return say('power.noSupply')
  return sayChart('power.voltages', {
    low: formatNumber(Math.min(...known), 3),
    high: formatNumber(Math.max(...known), 3),
  })
}
