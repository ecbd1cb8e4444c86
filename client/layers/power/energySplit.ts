/**
 * Where the city's electricity comes from and what it is used for at a moment. Supply, solar, charging and losses are the twin's own
 * totals; the buildings' part is split by their kinds with the model's load curves, for the transformers that have voltage.
 * What comes in goes out: grid + solar = the uses + losses + what is fed back.
 */
import type { City } from '../../../twin/city.ts'
import { dayOfWeek, secondOfDay, type Clock } from '../../../twin/kernel/clock.ts'
import { buildingClasses, type PowerGrid } from '../../../twin/power/grid.ts'
import { CLASS_COUNT, classFactor, meanFactors } from '../../../twin/power/load.ts'
import { perCity } from '../perCity.ts'

type BuildingClass = (typeof buildingClasses)[number]

export interface SystemTotals {
  /** Supplied to customers, charging included. */
  readonly loadW: number
  readonly lossW: number
  readonly pvW: number
  readonly evW: number
  readonly temperatureC: number
}

export interface EnergySplit {
  readonly gridW: number
  readonly solarW: number
  readonly buildingsW: Readonly<Record<BuildingClass, number>>
  readonly chargingW: number
  readonly lossW: number
  /** More sun than the city takes. */
  readonly fedBackW: number
}

const meansOf = perCity(({ weather }: City) =>
  weather === undefined ? new Float64Array(CLASS_COUNT).fill(1) : meanFactors(weather),
)

export function energySplit(
  city: City,
  totals: SystemTotals,
  isEnergized: ArrayLike<number>,
  clock: Clock,
): EnergySplit {
  const { loadW, lossW, pvW, evW } = totals
  const shares = classShares(city, totals.temperatureC, isEnergized, clock)
  const buildingsW = Math.max(0, loadW - evW)
  const fromGridW = loadW + lossW - pvW
  return {
    gridW: Math.max(0, fromGridW),
    solarW: pvW,
    buildingsW: {
      residential: buildingsW * shares[0],
      commercial: buildingsW * shares[1],
      industrial: buildingsW * shares[2],
      public: buildingsW * shares[3],
    },
    chargingW: evW,
    lossW,
    fedBackW: Math.max(0, -fromGridW),
  }
}

/** Yearly energy by transformer of a class of buildings, Wh. */
export function yearlyWh({ transformers }: PowerGrid, buildingClass: BuildingClass): Float64Array {
  return transformers[`${buildingClass}WhPerYear`]
}

/** Of what buildings draw, in the order of `buildingClasses`; they add up to one. */
function classShares(
  city: City,
  temperatureC: number,
  isEnergized: ArrayLike<number>,
  clock: Clock,
): number[] {
  const means = meansOf(city)
  const drawn = buildingClasses.map((each, at) => {
    const wh = city.grid ? yearlyWh(city.grid, each) : []
    let supplied = 0
    for (let row = 0; row < wh.length; row++) if (isEnergized[row] === 1) supplied += wh[row]
    const factor = classFactor(at, dayOfWeek(clock) >= 5, secondOfDay(clock), temperatureC)
    return (supplied * factor) / means[at]
  })
  const all = drawn.reduce((sum, each) => sum + each, 0)
  return drawn.map((each) => (all > 0 ? each / all : 0))
}

/** The rows that together make half of a whole, the largest first. */
export function rowsOfHalf(values: ArrayLike<number>): number[] {
  const rows = Array.from({ length: values.length }, (_, row) => row).filter((row) => values[row] > 0)
  const half = rows.reduce((sum, row) => sum + values[row], 0) / 2
  rows.sort((a, b) => values[b] - values[a] || a - b)
  let sum = 0
  const count = rows.findIndex((row) => (sum += values[row]) >= half)
  return rows.slice(0, count + 1)
}
