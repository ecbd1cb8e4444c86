/** How the grid's things stand in a single-line diagram at this moment: their signs, colours and words. */
import {
  breakerTable,
  busTable,
  feederTable,
  substationTable,
  transformerTable,
} from '../../../twin/power/tables.ts'
import type { TreeNode } from '../../charts/TreeDiagram.tsx'
import { sayChart } from '../../language/chartWords.ts'
import { formatLength, formatNumber, formatPercent, formatPower } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import type { LayerContext } from '../layer.ts'
import { BUSBAR, type FeederTree } from './feederTree.ts'
import { loadingStep } from './powerStates.ts'

/** As in `powerStatic.ts`: a cable rated above this is one of the trunk. */
const TRUNK_A = 250
const DARK = 'var(--alarm-critical)'

/** The colour of a loading; the least step is hardly seen as a thin line, so it is drawn as the next. */
function loadingColor(ratio: number): string {
  return `var(--power-${Math.max(1, loadingStep(ratio))})`
}

export function busbarNode({ city, mirror }: LayerContext, substation: number): TreeNode {
  const { isInService, loadingRatio } = mirror.table(substationTable).columns
  const isDark = isInService[substation] !== 1
  const name = city.grid!.substations.name[substation]
  return {
    words: `${name}, ${isDark ? say('power.outOfService') : formatPercent(loadingRatio[substation])}`,
    sign: 'bar',
    color: isDark ? DARK : 'var(--text)',
    isDark,
    lineColor: '',
    lineWidth: 0,
  }
}

/** The nodes of a feeder's tree, in its order. */
export function feederNodes(context: LayerContext, feeder: number, tree: FeederTree): TreeNode[] {
  const { city, mirror } = context
  const grid = city.grid!
  const { loadingRatio, isEnergized } = mirror.table(busTable).columns
  const ofTransformers = mirror.table(transformerTable).columns
  const breakers = mirror.table(breakerTable).columns
  const words = busWords(context, tree, 'loading')
  return tree.buses.map((bus, node): TreeNode => {
    if (bus === BUSBAR) return busbarNode(context, grid.feeders.substation[feeder])
    const isDark = isEnergized[bus] !== 1
    const hanging = tree.transformers[node]
    const heaviest = Math.max(0, ...hanging.map((row) => ofTransformers.loadingRatio[row]))
    const breaker = tree.breakers[node]
    return {
      words: words[node],
      sign: hanging.length > 0 ? 'disc' : 'dot',
      color: isDark ? DARK : hanging.length > 0 ? loadingColor(heaviest) : 'var(--quiet-text)',
      isDark,
      lineColor: loadingColor(loadingRatio[bus]),
      lineWidth: grid.buses.ratedA[bus] >= TRUNK_A ? 2.6 : 1.4,
      switch: breaker === undefined ? undefined : breakers.isOpen[breaker] === 1 ? 'open' : 'closed',
    }
  })
}

/** A substation's busbar and its feeders, each with what it carries. */
export function substationNodes(
  context: LayerContext,
  substation: number,
  feeders: readonly number[],
): TreeNode[] {
  const { city, mirror } = context
  const grid = city.grid!
  const { loadW, loadingRatio, isEnergized } = mirror.table(feederTable).columns
  const { isOpen } = mirror.table(breakerTable).columns
  const nodes = feeders.map((feeder): TreeNode => {
    const isDark = isEnergized[feeder] !== 1
    const carries = isDark
      ? say('power.noSupply')
      : `${formatPower(loadW[feeder])} · ${formatPercent(loadingRatio[feeder])}`
    const breaker = grid.breakers.bus.indexOf(grid.feeders.firstBus[feeder])
    return {
      words: `${grid.feeders.name[feeder]}: ${carries}`,
      sign: 'dot',
      color: isDark ? DARK : loadingColor(loadingRatio[feeder]),
      isDark,
      lineColor: loadingColor(loadingRatio[feeder]),
      lineWidth: 2.6,
      switch: breaker < 0 ? undefined : isOpen[breaker] === 1 ? 'open' : 'closed',
      label: `${shortName(grid.feeders.name[feeder], grid.substations.name[substation])} · ${carries}`,
    }
  })
  return [busbarNode(context, substation), ...nodes]
}

/** A feeder is called by its substation and a number; under its busbar the number is enough. */
export function shortName(feeder: string, substation: string): string {
  const rest = feeder.startsWith(substation) ? feeder.slice(substation.length).trim() : ''
  return rest === '' ? feeder : rest
}

/** By node: what stands there, its voltage, and its loading or how far along it lies. */
export function busWords(
  { city, mirror }: LayerContext,
  tree: FeederTree,
  besides: 'loading' | 'distance',
): string[] {
  const grid = city.grid!
  const { voltagePu, isEnergized } = mirror.table(busTable).columns
  const { loadingRatio } = mirror.table(transformerTable).columns
  return tree.buses.map((bus, node) => {
    if (bus === BUSBAR) return sayChart('power.busbar')
    const hanging = tree.transformers[node]
    const what =
      hanging.length === 1
        ? `${say('power.transformer')} ${hanging[0]}`
        : hanging.length > 1
          ? sayChart('power.transformers', { n: hanging.length })
          : sayChart(node === 1 ? 'power.head' : 'power.junction')
    const facts = [what]
    if (isEnergized[bus] !== 1) facts.push(say('power.noSupply'))
    else {
      if (hanging.length > 0 && besides === 'loading') {
        const kva = hanging.reduce((sum, row) => sum + grid.transformers.ratedVa[row], 0) / 1e3
        const ratio = Math.max(...hanging.map((row) => loadingRatio[row]))
        facts.push(
          sayChart('power.ofRating', { ratio: formatPercent(ratio), rating: `${formatNumber(kva)} kVA` }),
        )
      }
      facts.push(`${formatNumber(voltagePu[bus], 3)} pu`)
    }
    if (besides === 'distance') facts.push(formatLength(tree.alongM[node]))
    return facts.join(' · ')
  })
}
