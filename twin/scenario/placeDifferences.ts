/**
 * Where an edit changes something, and how surely: of every street and feeder the mean difference of pairs of runs, with its
 * interval. Pairs are added one by one, so that nothing of a run is kept but sums.
 */
import { reachOf } from './interval.ts'
import type { MeanOf, RunMeans } from './runMeans.ts'

/** A street whose flow and speed both change by less is not told of. */
export const LEAST_FLOW_VPH = 5
export const LEAST_SPEED_MPS = 0.2

/** The least that one event changes: a vehicle more in a quarter of an hour; what is no count has no grain. */
export const GRAINS: Readonly<Record<MeanOf, number>> = {
  flowVph: 4,
  speedMps: 0,
  loadingRatio: 0,
  voltagePu: 0,
}

/** Of one measure, a value a listed place. */
export interface Changes {
  /** Mean without the edits. */
  readonly base: Float32Array
  /** Mean with the edits less mean without. */
  readonly difference: Float32Array
  /** From the difference to either end of its 80 % interval; NaN of a single pair. */
  readonly reach: Float32Array
}

export interface PlaceDifferences {
  readonly pairs: number
  /** Rows of the city's links, rising: those that change at all. */
  readonly link: Uint32Array
  readonly flowVph: Changes
  readonly speedMps: Changes
  /** Of all feeders, in their order. */
  readonly loadingRatio: Changes
  readonly voltagePu: Changes
}

interface Sums {
  readonly base: Float64Array
  readonly difference: Float64Array
  readonly square: Float64Array
}

export class PairSums {
  pairs = 0
  private sums: Readonly<Record<MeanOf, Sums>> | undefined

  /** Two runs of the same city under the same dice. */
  add(base: RunMeans, edited: RunMeans): void {
    this.sums ??= {
      flowVph: emptySums(base.flowVph.length),
      speedMps: emptySums(base.speedMps.length),
      loadingRatio: emptySums(base.loadingRatio.length),
      voltagePu: emptySums(base.voltagePu.length),
    }
    this.pairs++
    for (const name of Object.keys(this.sums) as MeanOf[]) addTo(this.sums[name], base[name], edited[name])
  }

  /** Undefined before the first pair. */
  differences(): PlaceDifferences | undefined {
    const { sums, pairs } = this
    if (sums === undefined) return undefined
    const link = changedLinks(sums, pairs)
    const feeders = Uint32Array.from(sums.loadingRatio.base, (_, feeder) => feeder)
    const changes = (name: MeanOf, rows: Uint32Array) => changesOf(sums[name], rows, pairs, GRAINS[name])
    return {
      pairs,
      link,
      flowVph: changes('flowVph', link),
      speedMps: changes('speedMps', link),
      loadingRatio: changes('loadingRatio', feeders),
      voltagePu: changes('voltagePu', feeders),
    }
  }
}

function emptySums(rows: number): Sums {
  return {
    base: new Float64Array(rows),
    difference: new Float64Array(rows),
    square: new Float64Array(rows),
  }
}

function addTo(sums: Sums, base: Float32Array, edited: Float32Array): void {
  for (let row = 0; row < sums.base.length; row++) {
    const difference = edited[row] - base[row]
    sums.base[row] += base[row]
    sums.difference[row] += difference
    sums.square[row] += difference * difference
  }
}

function changedLinks({ flowVph, speedMps }: Readonly<Record<MeanOf, Sums>>, pairs: number): Uint32Array {
  const changed: number[] = []
  for (let link = 0; link < flowVph.difference.length; link++) {
    const isFlow = Math.abs(flowVph.difference[link]) >= LEAST_FLOW_VPH * pairs
    const isSpeed = Math.abs(speedMps.difference[link]) >= LEAST_SPEED_MPS * pairs
    if (isFlow || isSpeed) changed.push(link)
  }
  return Uint32Array.from(changed)
}

function changesOf(sums: Sums, rows: Uint32Array, pairs: number, grain: number): Changes {
  const reach = (row: number) => {
    if (pairs < 2) return NaN
    const mean = sums.difference[row] / pairs
    return reachOf(Math.max(0, sums.square[row] - pairs * mean * mean), pairs, grain)
  }
  return {
    base: Float32Array.from(rows, (row) => sums.base[row] / pairs),
    difference: Float32Array.from(rows, (row) => sums.difference[row] / pairs),
    reach: Float32Array.from(rows, reach),
  }
}
