/** What a planner may change of power, each by the law that makes it what it is. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Clock } from '../../../twin/kernel/clock.ts'
import { FAST_CHARGER_W } from '../../../twin/power/charging.ts'
import { faultsPerKmH } from '../../../twin/power/lineFaults.ts'
import { createPower, type Power } from '../../../twin/power/power.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const city = smallCity()
const { transformers, feeders, buses } = city.grid!

type Turned = readonly (readonly [knob: Parameters<Power['turn']>[0], row: number, value: number])[]

/** A Wednesday in March, local time; `everyS` between two solves. */
function powerAt(hour: number, turned: Turned = [], seed = 3, everyS = 60): { power: Power; clock: Clock } {
  const clock: Clock = { tick: 0, startMs: Date.UTC(2024, 2, 13, hour), utcOffsetS: 0 }
  const power = createPower(city, seed)
  power.solveEveryS = everyS
  power.step(clock)
  for (const one of turned) power.turn(...one)
  return { power, clock }
}

function live({ power, clock }: ReturnType<typeof powerAt>, seconds: number, each?: () => void): void {
  for (let s = 0; s < seconds; s += power.solveEveryS) {
    clock.tick += 50 * power.solveEveryS
    power.step(clock)
    expect(power.balance().mismatchRatio).toBeLessThan(1e-6)
    each?.()
  }
}

const column = (power: Power, table: string, name: string): Float32Array =>
  power.tables.find(({ spec }) => spec.name === table)!.columns[name] as Float32Array
const everyTransformer = Array.from(transformers.bus.keys())
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)

/** The load of the city after a minute, W. */
function loadW(hour: number, turned: Turned = []): number {
  const one = powerAt(hour, turned)
  live(one, 60)
  return column(one.power, 'power.system', 'loadW')[0]
}

describe('cells on roofs', () => {
  const onRoofs: Turned = everyTransformer.map((row) => ['pvAddedW', row, 300_000])

  test('turn the flow of a feeder at noon, as the sun gives more there than its customers draw', () => {
    const before = powerAt(12)
    const after = powerAt(12, onRoofs)
    for (const one of [before, after]) live(one, 60)
    for (let feeder = 0; feeder < feeders.firstBus.length; feeder++) {
      expect(column(before.power, 'power.feeders', 'loadW')[feeder]).toBeGreaterThan(0)
      expect(column(after.power, 'power.feeders', 'loadW')[feeder]).toBeLessThan(0)
    }
  })

  test('give nothing at night, and under clouds so much less as the clouds take', () => {
    const givenW = (hour: number, sun: number) => {
      const one = powerAt(hour, [...onRoofs, ['sunFactor', 0, sun]])
      live(one, 60)
      return column(one.power, 'power.system', 'pvW')[0]
    }
    expect(givenW(0, 1)).toBe(0)
    expect(givenW(12, 0)).toBe(0)
    // a little better than in proportion: cells under clouds are cooler
    expect(givenW(12, 0.5) / givenW(12, 1)).toBeGreaterThan(0.5)
    expect(givenW(12, 0.5) / givenW(12, 1)).toBeLessThan(0.55)
  })
})

describe('heat', () => {
  test('raises the load of a hot hour by 0.45 to 4.6 % a degree, as eleven studies found (Santamouris and others 2015)', () => {
    for (const hour of [11, 12, 14]) {
      for (const addedC of [12, 15]) {
        const here = loadW(hour, [['temperatureAddedC', 0, addedC]])
        const warmer = loadW(hour, [['temperatureAddedC', 0, addedC + 1]])
        expect(warmer / here - 1).toBeGreaterThan(0.0045)
        expect(warmer / here - 1).toBeLessThan(0.046)
      }
    }
  })
})

describe('electric cars', () => {
  /** Cars end their trips evenly in all zones for two hours; the highest load by transformer. */
  const peaks = (turned: Turned) => {
    const one = powerAt(18, turned)
    const highest = new Float64Array(transformers.bus.length)
    live(one, 7200, () => {
      for (let zone = 0; zone < 9; zone++) one.power.arriveAtZone(zone, 3)
      column(one.power, 'power.transformers', 'loadW').forEach((w, row) => {
        highest[row] = Math.max(highest[row], w)
      })
    })
    return highest
  }

  test('raise the peak where they end their trips, and nowhere else', () => {
    const before = peaks([])
    const chargers = everyTransformer
      .filter((row) => transformers.zone[row] === 4)
      .map((row) => ['chargersFactor', row, 10] as const)
    const after = peaks([['evShare', 4, 0.3], ...chargers])
    for (const row of everyTransformer) {
      if (transformers.zone[row] === 4) expect(after[row]).toBeGreaterThan(before[row] * 1.05)
      else expect(after[row]).toBe(before[row])
    }
  })

  test('of another share charge where it is said, none where it is nought', () => {
    const one = powerAt(18, [['evShare', 2, 0]])
    live(one, 3600, () => one.power.arriveAtZone(2, 50))
    expect(one.power.chargingSessions()).toBe(0)
  })

  test('at fast chargers take 22 kWh in 42 minutes in the mean, as US public ones see', () => {
    const row = everyTransformer.find((each) => transformers.zone[each] === 4)!
    const one = powerAt(10, [
      ['evShare', 4, 1],
      ['chargersFactor', row, 0],
      ['fastChargerW', row, 20e6],
      ...everyTransformer.map((each) => ['chargersFactor', each, 0] as const),
    ])
    let drawnWh = 0
    let most = 0
    const hours = 10
    const perMinute = 4
    live(one, hours * 3600, () => {
      one.power.arriveAtZone(4, perMinute)
      most = Math.max(most, one.power.chargingSessions())
      drawnWh += column(one.power, 'power.system', 'evW')[0] / 60
    })
    // Little's law: cars there = cars a minute × 42 minutes; a quarter of the electric cars comes here
    const begun = hours * 60 * perMinute * 0.25
    expect(drawnWh / begun / 1000).toBeGreaterThan(20)
    expect(drawnWh / begun / 1000).toBeLessThan(24)
    expect(most).toBeGreaterThan(perMinute * 0.25 * 42 * 0.8)
    expect(22_000 / FAST_CHARGER_W).toBeCloseTo(42 / 60, 2)
  })

  test('never draw more at a hub than it has', () => {
    const one = powerAt(10, [
      ['evShare', 4, 1],
      ['fastChargerW', everyTransformer.find((row) => transformers.zone[row] === 4)!, 100_000],
      ...everyTransformer.map((row) => ['chargersFactor', row, 0] as const),
    ])
    live(one, 3600, () => {
      one.power.arriveAtZone(4, 100)
      expect(column(one.power, 'power.system', 'evW')[0]).toBeLessThanOrEqual(100_000)
    })
    expect(one.power.chargingSessions()).toBe(3)
  })
})

describe('a battery', () => {
  test('stores what was brought and drawn less what it gave and lost, never less than nothing or more than it holds', () => {
    const cases = fc.record({
      wh: fc.double({ min: 1000, max: 2e6, noNaN: true }),
      w: fc.double({ min: 1000, max: 300_000, noNaN: true }),
      above: fc.double({ min: 0.05, max: 0.5, noNaN: true }),
      pvW: fc.double({ min: 0, max: 300_000, noNaN: true }),
      everyS: fc.constantFrom(60, 300, 900),
    })
    fc.assert(
      fc.property(cases, ({ wh, w, above, pvW, everyS }) => {
        const turned: Turned = [
          ['batteryWh', 5, wh],
          ['batteryW', 5, w],
          ['batteryAboveShare', 5, above],
          ['pvAddedW', 5, pvW],
        ]
        const one = powerAt(6, turned, 3, everyS)
        live(one, 24 * 3600, () => {
          const { storedWh, broughtWh, drawnWh, givenWh, lostWh } = one.power.stored()
          expect(storedWh).toBeGreaterThanOrEqual(0)
          expect(storedWh).toBeLessThanOrEqual(wh * (1 + 1e-12))
          expect(Math.abs(broughtWh + drawnWh - givenWh - lostWh - storedWh)).toBeLessThan(1e-6 * wh)
        })
      }),
      { numRuns: 20 },
    )
  })

  test('gives back 85 % of what it takes', () => {
    const turned: Turned = [
      ['batteryWh', 5, 100_000],
      ['batteryW', 5, 50_000],
      ['batteryAboveShare', 5, 0.11],
      ['pvAddedW', 5, 200_000],
    ]
    const one = powerAt(0, turned)
    live(one, 20 * 86_400)
    const { broughtWh, drawnWh, givenWh, storedWh } = one.power.stored()
    expect(drawnWh).toBeGreaterThan(500_000)
    // what it began with and what is left went one way only
    const oneWay = Math.sqrt(0.85)
    expect(givenWh + (storedWh - broughtWh) * oneWay).toBeCloseTo(0.85 * drawnWh, 0)
  })

  test('lowers the highest load of its transformer, and raises none above the level that it keeps', () => {
    const level = 0.15
    const turned: Turned = [
      ['batteryWh', 5, 300_000],
      ['batteryW', 5, 50_000],
      ['batteryAboveShare', 5, level],
    ]
    const without = powerAt(12)
    const withIt = powerAt(12, turned)
    let before = 0
    let after = 0
    live(without, 12 * 3600, () => {
      before = Math.max(before, column(without.power, 'power.transformers', 'loadW')[5])
    })
    live(withIt, 12 * 3600, () => {
      after = Math.max(after, column(withIt.power, 'power.transformers', 'loadW')[5])
    })
    expect(before).toBeGreaterThan(level * transformers.ratedVa[5])
    expect(after).toBeLessThanOrEqual(level * transformers.ratedVa[5] + 1)
  })
})

describe('demand response', () => {
  const share = 0.2
  const asked = (value: number): Turned =>
    everyTransformer.flatMap((row) => [
      ['homesShedShare', row, value] as const,
      ['reboundShare', row, 0.5] as const,
    ])

  test('of homes lowers their load by its share, and brings a part of that energy back afterwards', () => {
    const one = powerAt(20, asked(share))
    const base = powerAt(20)
    live(one, 3600)
    live(base, 3600)
    const now = (power: Power) => column(power, 'power.system', 'loadW')[0]
    const saved = 1 - now(one.power) / now(base.power)
    expect(saved).toBeGreaterThan(share * 0.5)
    expect(saved).toBeLessThan(share)
    for (const turn of asked(0)) one.power.turn(...turn)
    live(one, 600)
    live(base, 600)
    expect(now(one.power)).toBeGreaterThan(now(base.power))
    live(one, 24 * 3600)
    const { shedWh, madeUpWh, owedWh, forgivenWh } = one.power.responded()
    expect(owedWh).toBe(0)
    expect(madeUpWh + forgivenWh).toBeCloseTo(shedWh * 0.5, 3)
    expect(forgivenWh).toBeLessThan(madeUpWh / 1000)
  })

  test('of those who are dark saves nothing', () => {
    const one = powerAt(20, asked(share))
    for (let row = 0; row < city.grid!.substations.xM.length; row++)
      one.power.setSubstationInService(row, false)
    live(one, 3600)
    expect(one.power.responded().shedWh).toBe(0)
  })
})

describe('a storm', () => {
  const downAfter = (gustMps: number, seed: number, hours: number) => {
    const one = powerAt(8, [['gustMps', 0, gustMps]], seed)
    live(one, hours * 3600)
    return one
  }

  test('takes down nothing in a breeze, and more lines the harder it blows', () => {
    expect(faultsPerKmH(17)).toBe(0)
    const down = [10, 35, 75].map((gustMps) =>
      sum([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => downAfter(gustMps, seed, 1).power.linesDown())),
    )
    expect(down[0]).toBe(0)
    expect(down[1]).toBeGreaterThan(0)
    expect(down[2]).toBeGreaterThan(down[1])
  })

  test('leaves all below a fallen line in the dark, until it is mended', () => {
    const seeds = [1, 2, 3, 4, 5, 6, 7, 8]
    const one = seeds.map((seed) => downAfter(80, seed, 1)).find(({ power }) => power.linesDown() > 0)!
    const isEnergized = column(one.power, 'power.buses', 'isEnergized')
    expect(one.power.linesDown()).toBeGreaterThan(0)
    expect(column(one.power, 'power.system', 'customersOut')[0]).toBeGreaterThan(0)
    for (let bus = 0; bus < isEnergized.length; bus++) {
      const parent = buses.parentBus[bus]
      if (parent >= 0 && isEnergized[parent] === 0) expect(isEnergized[bus]).toBe(0)
    }
    one.power.turn('gustMps', 0, 0)
    live(one, 5 * 3600 + 120)
    expect(one.power.linesDown()).toBe(0)
    expect(column(one.power, 'power.system', 'customersOut')[0]).toBe(0)
  })

  test('goes on from a saved state as it would have', () => {
    const one = downAfter(60, 4, 1)
    const other = powerAt(8, [], 4)
    other.power.load(one.power.save())
    other.clock.tick = one.clock.tick
    for (const each of [one, other]) live(each, 2 * 3600)
    expect(other.power.save()).toEqual(one.power.save())
  })
})

test('homes that come draw their energy at the transformer that they hang on', () => {
  const wh = transformers.residentialWhPerYear[3]
  const before = powerAt(20)
  const after = powerAt(20, [['homesAddedWhPerYear', 3, wh]])
  for (const one of [before, after]) live(one, 60)
  const at = (power: Power, row: number) => column(power, 'power.transformers', 'loadW')[row]
  expect(at(after.power, 3)).toBeGreaterThan(at(before.power, 3) * 1.3)
  expect(at(after.power, 4)).toBe(at(before.power, 4))
  // more homes go than there are: none are left, and none are owed
  const gone = powerAt(20, [['homesAddedWhPerYear', 3, -10 * wh]])
  live(gone, 60)
  expect(at(gone.power, 3)).toBeGreaterThan(0)
  expect(at(gone.power, 3)).toBeLessThan(at(before.power, 3))
})

test('a larger transformer carries the same load at a lower share of its rating', () => {
  const before = powerAt(20)
  const after = powerAt(20, [['ratingAddedVa', 2, transformers.ratedVa[2]]])
  for (const one of [before, after]) live(one, 60)
  const at = (power: Power) => column(power, 'power.transformers', 'loadingRatio')[2]
  expect(at(after.power)).toBeCloseTo(at(before.power) / 2, 6)
})
