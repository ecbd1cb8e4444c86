/** How much street is in each class of the legend, as it is drawn. */
import { linkTable, signalModes, signalTable } from '../../../twin/traffic/tables.ts'
import { drivingSpeedRatio } from '../../state/drivingSpeed.ts'
import type { LayerContext } from '../layer.ts'
import { differenceStep } from './differences.ts'
import { drawnStep } from './linkLines.ts'

export interface StreetCounts {
  /** Metres of street by step of the palette, each direction for itself; what is closed is in none. */
  readonly stepM: readonly number[]
  readonly closedM: number
  /** Of streets whose state this page is not told. */
  readonly unknownM: number
}

type Counted = Pick<LayerContext, 'city' | 'mirror'>

/** By speed. The three together are the length of all streets. */
export function countStreets({ city, mirror }: Counted): StreetCounts {
  const { freeSpeedMps, roadClass } = city.network.links
  const { speedMps, vehicles, queueM } = mirror.table(linkTable).columns
  const driving = drivingSpeedRatio(mirror)
  return count({ city, mirror }, (link) =>
    drawnStep(speedMps[link], freeSpeedMps[link] * driving, vehicles[link], queueM[link], roadClass[link]),
  )
}

/** By what was gained or lost against another twin, shares of the free speed as they are drawn. */
export function countDifferences(context: Counted, gains: Float32Array): StreetCounts {
  return count(context, (link) => differenceStep(gains[link]))
}

function count({ city, mirror }: Counted, stepOf: (link: number) => number): StreetCounts {
  const { lengthM } = city.network.links
  const { rows, columns } = mirror.table(linkTable)
  const { speedMps, isClosed } = columns
  const stepM = [0, 0, 0, 0, 0]
  let closedM = 0
  let unknownM = 0
  for (let link = 0; link < lengthM.length; link++) {
    if (link >= rows || Number.isNaN(speedMps[link])) unknownM += lengthM[link]
    else if (isClosed[link] === 1) closedM += lengthM[link]
    else stepM[stepOf(link)] += lengthM[link]
  }
  return { stepM, closedM, unknownM }
}

/** Signals by mode; together all signals of which something is known. */
export function countSignals({ mirror }: Counted): { readonly normal: number; readonly dark: number } {
  const { rows, columns } = mirror.table(signalTable)
  let dark = 0
  for (let row = 0; row < rows; row++) if (signalModes[columns.mode[row]] === 'dark') dark++
  return { normal: rows - dark, dark }
}
