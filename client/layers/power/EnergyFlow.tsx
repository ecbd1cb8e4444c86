/** The city's electricity from its sources to its uses; pointing at one lights where on the map half of it comes in or is taken. */
import { useEffect } from 'react'
import type { City } from '../../../twin/city.ts'
import { lngLatFromLocal, localFromLngLat } from '../../../twin/geo/projection.ts'
import { buildingClasses } from '../../../twin/power/grid.ts'
import { feederTable, powerSystemTable, transformerTable } from '../../../twin/power/tables.ts'
import { FlowDiagram, type FlowDiagramNode } from '../../charts/FlowDiagram.tsx'
import { sayChart } from '../../language/chartWords.ts'
import { formatPercent, formatPower } from '../../language/format.ts'
import { usePointed, type Finder, type PointedShape } from '../../state/pointing.ts'
import type { LayerContext } from '../layer.ts'
import { energySplit, rowsOfHalf, yearlyWh } from './energySplit.ts'
import { pointedFeeder, pointedSubstation } from './pointPower.ts'

/** Uses and sources are no table of the twin, only pointed at like one. */
const ENERGY = 'power.energy'

const names = ['grid', 'solar', 'network', ...buildingClasses, 'charging', 'losses', 'fedBack'] as const
type Part = (typeof names)[number]

const colors: Readonly<Record<Part, string>> = {
  grid: 'var(--power-3)',
  solar: 'var(--lamp)',
  network: 'var(--quiet-text)',
  residential: 'var(--power-3)',
  commercial: 'var(--power-2)',
  industrial: 'var(--power-2)',
  public: 'var(--power-1)',
  charging: 'var(--power-1)',
  losses: 'var(--quiet-text)',
  fedBack: 'var(--lamp)',
}

export function EnergyFlow({ context }: { context: LayerContext }) {
  const { city, mirror, pointing, time } = context
  const pointed = usePointed(pointing)
  useEffect(() => pointing.offer(findSupply(city)), [pointing, city])
  const system = mirror.table(powerSystemTable)
  if (city.grid === undefined || time === undefined || system.rows === 0) return null
  const { isEnergized } = mirror.table(transformerTable).columns
  const { loadW, lossW, pvW, evW, temperatureC } = system.columns
  const totals = {
    loadW: loadW[0],
    lossW: lossW[0],
    pvW: pvW[0],
    evW: evW[0],
    temperatureC: temperatureC[0],
  }
  const clock = { tick: 0, startMs: time.timeMs, utcOffsetS: time.utcOffsetS }
  const split = energySplit(city, totals, isEnergized, clock)
  const suppliedW = split.gridW + split.solarW
  const values: Record<Part, number> = {
    grid: split.gridW,
    solar: split.solarW,
    network: suppliedW,
    ...split.buildingsW,
    charging: split.chargingW,
    losses: split.lossW,
    fedBack: split.fedBackW,
  }
  const shown = names.filter((part) => part !== 'fedBack' || values.fedBack > 0)
  const network = shown.indexOf('network')
  const nodes = shown.map((part, i): FlowDiagramNode => ({
    column: i < network ? 0 : i === network ? 1 : 2,
    name: i === network ? '' : sayChart(`energy.${part}`),
    value: formatPower(values[part]),
    color: colors[part],
  }))
  const links = shown.flatMap((part, i) =>
    i === network
      ? []
      : [
          i < network
            ? { from: i, to: network, value: values[part] }
            : { from: network, to: i, value: values[part] },
        ],
  )
  const share = suppliedW > 0 ? split.solarW / suppliedW : 0
  return (
    <FlowDiagram
      title={sayChart('energy.title')}
      summary={sayChart('energy.summary', {
        supplied: formatPower(suppliedW),
        solar: formatPercent(share, 1),
      })}
      note={sayChart('energy.note')}
      nodes={nodes}
      links={links}
      pointed={pointed?.table === ENERGY ? pointed.rows[0] : undefined}
      onPoint={(i) =>
        pointing.point(
          i === undefined ? undefined : { table: ENERGY, rows: [i], shape: () => shapeOf(context, shown[i]) },
        )
      }
    />
  )
}

/** A hand on a substation points at the supply through it. */
function findSupply(city: City): Finder {
  return (at, radiusM) => {
    const [x, y] = localFromLngLat(city.projection, at)
    const { name, xM, yM } = city.grid?.substations ?? { name: [], xM: [], yM: [] }
    const row = name.findIndex((_, i) => Math.hypot(xM[i] - x, yM[i] - y) < radiusM)
    return row < 0
      ? undefined
      : { table: ENERGY, rows: [names.indexOf('grid')], shape: pointedSubstation({ city }, row).shape }
  }
}

/** Where half of it comes in, is taken or is lost. */
function shapeOf(context: LayerContext, part: Part): PointedShape {
  const { city, mirror } = context
  const { grid, projection } = city
  if (grid === undefined || part === 'network') return { points: [], paths: [] }
  if (part === 'losses') {
    const feeders = rowsOfHalf(mirror.table(feederTable).columns.lossW)
    return { points: [], paths: feeders.flatMap((feeder) => pointedFeeder(context, feeder).shape().paths) }
  }
  const { substations, transformers, buses } = grid
  if (part === 'grid') {
    const points = substations.name.map((_, row) =>
      lngLatFromLocal(projection, [substations.xM[row], substations.yM[row]]),
    )
    return { points, paths: [] }
  }
  const size =
    part === 'solar' || part === 'fedBack'
      ? transformers.pvW
      : part === 'charging'
        ? transformers.chargerW
        : yearlyWh(grid, part)
  const points = rowsOfHalf(size).map((row) => {
    const bus = transformers.bus[row]
    return lngLatFromLocal(projection, [buses.xM[bus], buses.yM[bus]])
  })
  return { points, paths: [] }
}
