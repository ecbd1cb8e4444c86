/**
 * Lines that a storm takes down: each minute by dice, the more often the stronger the gusts and the longer the line, until a crew
 * has mended it. Only lines that hang on poles fail; which do is drawn once for a city, as its map does not say.
 */
import { TICKS_PER_S, timeMsAt, type Clock } from '../kernel/clock.ts'
import { loadColumn, type SavedState } from '../kernel/domain.ts'
import { randomUnit } from '../kernel/random.ts'
import type { PowerGrid } from './grid.ts'

/** Gusts below which nothing falls, m/s (Beaufort 8, where twigs break), and those at which a line fails at `FAULTS_PER_KM_H`. Assumed. */
const HARMLESS_MPS = 17
const STRONG_MPS = 30
/**
 * Faults a kilometre of line on poles and hour in gusts of `STRONG_MPS`, growing with the square of what is above `HARMLESS_MPS`.
 * Assumed; faults go in proportion to it.
 */
const FAULTS_PER_KM_H = 0.02
/** Share of lines on poles. Assumed. */
export const ON_POLES_SHARE = 0.5
/** From falling to mended, hours: anything between these. Assumed. */
const LEAST_MENDING_H = 1
const MOST_MENDING_H = 5

const MINUTE_TICKS = 60 * TICKS_PER_S
const POLES_STREAM = 0x9013
const FAULT_STREAM = 0xfa11
const MENDING_STREAM = 0x3e4d

/** Faults a kilometre of line on poles and hour, in gusts of `gustMps`. */
export function faultsPerKmH(gustMps: number): number {
  const above = Math.max(0, gustMps - HARMLESS_MPS) / (STRONG_MPS - HARMLESS_MPS)
  return FAULTS_PER_KM_H * above * above
}

export interface LineFaults {
  /** By bus, of the line from its parent: 1 while it is down. */
  readonly isDown: Uint8Array
  /** Looks once a minute; true when a line fell or was mended. `dice` is the seed of what happens from now on. */
  step(clock: Clock, gustMps: number, dice: number): boolean
  save(state: SavedState): void
  load(state: SavedState): void
}

/** `seed` draws which lines hang on poles. */
export function createLineFaults(grid: PowerGrid, seed: number): LineFaults {
  const count = grid.buses.feeder.length
  const isDown = new Uint8Array(count)
  const mendedTick = new Int32Array(count)
  const onPolesKm = Float64Array.from({ length: count }, (_, bus) =>
    randomUnit(seed, POLES_STREAM, bus) < ON_POLES_SHARE ? lineKm(grid, bus) : 0,
  )
  return {
    isDown,
    step(clock, gustMps, dice) {
      if (clock.tick % MINUTE_TICKS !== 0) return false
      const perKm = faultsPerKmH(gustMps) / 60
      const minute = Math.floor(timeMsAt(clock, clock.tick) / 60_000)
      let isChange = false
      for (let bus = 0; bus < count; bus++) {
        if (isDown[bus] === 1) {
          if (clock.tick < mendedTick[bus]) continue
          isDown[bus] = 0
          isChange = true
        } else if (perKm > 0 && randomUnit(dice, FAULT_STREAM, bus, minute) < perKm * onPolesKm[bus]) {
          const share = randomUnit(dice, MENDING_STREAM, bus, minute)
          const hours = LEAST_MENDING_H + share * (MOST_MENDING_H - LEAST_MENDING_H)
          mendedTick[bus] = clock.tick + Math.round(hours * 3600 * TICKS_PER_S)
          isDown[bus] = 1
          isChange = true
        }
      }
      return isChange
    },
    save(state) {
      if (isDown.every((each) => each === 0)) return
      state['lines.isDown'] = isDown.slice()
      state['lines.mendedTick'] = mendedTick.slice()
    },
    load(state) {
      isDown.fill(0)
      if (state['lines.isDown'] === undefined) return
      loadColumn(isDown, state, 'lines.isDown')
      loadColumn(mendedTick, state, 'lines.mendedTick')
    },
  }
}

/** Length of the line from a bus's parent to it. */
function lineKm({ buses, shape }: PowerGrid, bus: number): number {
  if (buses.parentBus[bus] < 0) return 0
  const first = buses.shapeStart[bus]
  let m = 0
  for (let v = first + 1; v < first + buses.shapeCount[bus]; v++) {
    const dx = shape.xM[v] - shape.xM[v - 1]
    const dy = shape.yM[v] - shape.yM[v - 1]
    m += Math.sqrt(dx * dx + dy * dy)
  }
  return m / 1000
}
