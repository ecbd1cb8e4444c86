/** A substation, drawn: its busbar with the feeders on it, and the voltage along each of them, linked with the map. */
import { useEffect, useMemo } from 'react'
import { busTable, feederTable, substationTable } from '../../../twin/power/tables.ts'
import { Profile } from '../../charts/Profile.tsx'
import { TreeDiagram } from '../../charts/TreeDiagram.tsx'
import { sayChart } from '../../language/chartWords.ts'
import { formatLength, formatNumber } from '../../language/format.ts'
import { usePointed } from '../../state/pointing.ts'
import type { LayerContext } from '../layer.ts'
import { voltageSummary } from './FeederCharts.tsx'
import { feederTree, type FeederTree } from './feederTree.ts'
import { busWords, substationNodes } from './gridNodes.ts'
import { findBus, pointedBus, pointedFeeder, pointedSubstation } from './pointPower.ts'
import { VOLTAGE_BAND_PU } from './voltageBand.ts'

export function SubstationCharts({ context, row }: { context: LayerContext; row: number }) {
  const { city, mirror, pointing } = context
  const grid = city.grid!
  const pointed = usePointed(pointing)
  const { feeders, forest } = useMemo(() => {
    const found = grid.feeders.name.flatMap((_, feeder) =>
      grid.feeders.substation[feeder] === row ? [feeder] : [],
    )
    return { feeders: found, forest: joined(found.map((feeder) => feederTree(city, feeder))) }
  }, [city, grid, row])
  useEffect(() => pointing.offer(findBus({ city }, feeders)), [pointing, city, feeders])
  if (feeders.length === 0) return null
  const { voltagePu, isEnergized } = mirror.table(busTable).columns
  const voltages = forest.buses.map((bus) =>
    isEnergized[bus] !== 1 || voltagePu[bus] === 0 ? NaN : voltagePu[bus],
  )
  const nodes = substationNodes(context, row, feeders)
  const choose = (feeder: number) => pointing.select({ layer: 'power', table: feederTable.name, row: feeder })
  const feederOf = (bus: number) => grid.buses.feeder[bus]
  const rows = pointed?.rows ?? []
  const litFeeders =
    pointed?.table === busTable.name ? rows.map(feederOf) : pointed?.table === feederTable.name ? rows : []
  const litBuses = pointed?.table === busTable.name ? new Set(rows) : undefined
  return (
    <>
      <TreeDiagram
        title={sayChart('power.busbarTitle')}
        summary={sayChart('power.feeders', { n: feeders.length })}
        note={sayChart('power.busbarNote')}
        parents={nodes.map((_, i) => (i === 0 ? -1 : 0))}
        nodes={nodes}
        openColor="var(--alarm-high)"
        pointed={
          pointed?.table === substationTable.name
            ? [0]
            : feeders.flatMap((feeder, i) => (litFeeders.includes(feeder) ? [i + 1] : []))
        }
        chosen={undefined}
        onPoint={(node) =>
          pointing.point(
            node === undefined
              ? undefined
              : node === 0
                ? pointedSubstation(context, row)
                : pointedFeeder(context, feeders[node - 1]),
          )
        }
        onChoose={(node) => node > 0 && choose(feeders[node - 1])}
      />
      <Profile
        title={sayChart('power.profile')}
        summary={voltageSummary(voltages)}
        note={sayChart('power.profileNote')}
        parents={forest.parents}
        alongM={forest.alongM}
        values={voltages}
        words={busWords(context, forest, 'distance').map(
          (words, i) => `${grid.feeders.name[feederOf(forest.buses[i])]} · ${words}`,
        )}
        band={VOLTAGE_BAND_PU}
        formatValue={(value) => `${formatNumber(value, 2)} pu`}
        formatAlong={formatLength}
        color="var(--power-3)"
        pointed={forest.buses.flatMap((bus, i) =>
          (litBuses ? litBuses.has(bus) : litFeeders.includes(feederOf(bus))) ? [i] : [],
        )}
        chosen={undefined}
        onPoint={(node) =>
          pointing.point(node === undefined ? undefined : pointedBus(context, forest.buses[node]))
        }
        onChoose={(node) => choose(feederOf(forest.buses[node]))}
      />
    </>
  )
}

/** Several feeders as one forest, without their busbar. */
export function joined(trees: readonly FeederTree[]): FeederTree {
  const firstOf: number[] = []
  let count = 0
  for (const { buses } of trees) {
    firstOf.push(count)
    count += buses.length - 1
  }
  return {
    buses: trees.flatMap(({ buses }) => buses.slice(1)),
    // node 1 of a tree becomes the first of its run; its parent, the busbar, is left out
    parents: trees.flatMap(({ parents }, t) =>
      parents.slice(1).map((parent) => (parent === 0 ? -1 : firstOf[t] + parent - 1)),
    ),
    alongM: trees.flatMap(({ alongM }) => alongM.slice(1)),
    transformers: trees.flatMap(({ transformers }) => transformers.slice(1)),
    breakers: trees.flatMap(({ breakers }) => breakers.slice(1)),
  }
}
