/** The power domain on a small made grid: it balances, darkens what hangs below a switch, and goes on from its state. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeGrid } from '../../../data/recipes/grid.ts'
import { makeWeather } from '../../../data/recipes/weather.ts'
import { makeProjection } from '../../../twin/geo/projection.ts'
import type { Clock } from '../../../twin/kernel/clock.ts'
import { classFactor, meanFactors, pvFactor } from '../../../twin/power/load.ts'
import { createPower, type Power } from '../../../twin/power/power.ts'
import { latticeBuildings, latticeNetwork, latticeZones } from '../../fixtures/lattice.ts'

const network = latticeNetwork(15, 120)
const extract = { nodes: [], ways: [], areas: [], bounds: [0, 0, 1, 1], date: '2020-01-01' } as const
const climate = {
  meanMinC: [18, 18, 16, 13, 10, 8, 7, 8, 9, 12, 14, 16],
  meanMaxC: [28, 28, 26, 22, 19, 15, 15, 16, 18, 21, 24, 27],
  rainMmPerYear: 950,
}
const weather = makeWeather(climate, { latitudeDeg: -35 }, 2)
const { grid } = makeGrid(
  extract,
  network,
  latticeZones(network, 60_000),
  latticeBuildings(network, 12),
  makeProjection([0, -35]),
  1,
  { climate },
)
const info = { parameters: {} }
const city = { grid, weather, info }

/** A Wednesday in July 2026, local time. */
const clockAt = (hour: number): Clock => ({ tick: 0, startMs: Date.UTC(2026, 6, 15, hour), utcOffsetS: 0 })
const run = (power: Power, clock: Clock, seconds: number) => {
  for (let i = 0; i < seconds; i++) {
    clock.tick += 50
    power.step(clock)
  }
}
const table = (power: Power, name: string) => power.tables.find(({ spec }) => spec.name === name)!.columns
const sum = (values: Iterable<number>): number => {
  let total = 0
  for (const value of values) total += value
  return total
}

describe('the power domain', () => {
  it('balances at every hour of a day: source = load + losses to 1e-6', () => {
    const power = createPower(city, 3)
    power.solveEveryS = 60
    const clock = clockAt(0)
    for (let hour = 0; hour < 24; hour++) {
      clock.tick = hour * 3600 * 50
      power.step(clock)
      const { sourceW, netLoadW, lossW, mismatchRatio, unsolvedFeeders } = power.balance()
      expect(mismatchRatio).toBeLessThan(1e-6)
      expect(sourceW).toBeCloseTo(netLoadW + lossW, -1)
      expect(unsolvedFeeders).toBe(0)
      const system = table(power, 'power.system')
      expect(system.loadW[0] - system.pvW[0]).toBeCloseTo(netLoadW, -2)
      expect(
        sum(table(power, 'power.feeders').loadW) / sum(table(power, 'power.substations').loadW),
      ).toBeCloseTo(1, 5)
    }
  })

  it('keeps a healthy grid within its limits on a winter evening', () => {
    const power = createPower(city, 3)
    run(power, clockAt(20), 1)
    for (const v of table(power, 'power.buses').voltagePu) expect(v).toBeGreaterThan(0.95)
    for (const loading of table(power, 'power.feeders').loadingRatio) expect(loading).toBeLessThan(1)
    for (const loading of table(power, 'power.transformers').loadingRatio) expect(loading).toBeLessThan(1.1)
  })

  it('darkens exactly what hangs below an open breaker, and nothing else', () => {
    for (let breaker = 0; breaker < grid.breakers.bus.length; breaker++) {
      const power = createPower(city, 3)
      const clock = clockAt(12)
      run(power, clock, 1)
      expect(power.setBreakerOpen(breaker, true)).toBe(true)
      expect(power.setBreakerOpen(breaker, true)).toBe(false)
      run(power, clock, 1)
      const isBelow = (bus: number): boolean =>
        bus === grid.breakers.bus[breaker] ||
        (grid.buses.parentBus[bus] >= 0 && isBelow(grid.buses.parentBus[bus]))
      const { isEnergized, voltagePu, loadingRatio } = table(power, 'power.buses')
      const dark: number[] = []
      for (let bus = 0; bus < isEnergized.length; bus++) {
        expect(isEnergized[bus]).toBe(isBelow(bus) ? 0 : 1)
        expect(voltagePu[bus] > 0).toBe(!isBelow(bus))
        if (isBelow(bus)) {
          expect(loadingRatio[bus]).toBe(0)
          dark.push(bus)
        }
      }
      // A subtree is one run of rows.
      expect(dark.at(-1)! - dark[0] + 1).toBe(dark.length)
      let customers = 0
      grid.transformers.bus.forEach((bus, row) => {
        expect(power.isTransformerEnergized(row)).toBe(!isBelow(bus))
        expect(power.customersOutAt(row)).toBe(isBelow(bus) ? grid.transformers.customers[row] : 0)
        customers += power.customersOutAt(row)
      })
      expect(table(power, 'power.system').customersOut[0]).toBe(customers)
      expect(sum(table(power, 'power.feeders').customersOut)).toBe(customers)
      expect(power.balance().mismatchRatio).toBeLessThan(1e-6)
    }
  })

  it('takes a whole substation out with its feeders and signals, and brings them back as they were', () => {
    const power = createPower(city, 3)
    const twin = createPower(city, 3)
    const clock = clockAt(12)
    run(power, clock, 1)
    const version = power.supplyVersion()
    for (let row = 0; row < grid.substations.xM.length; row++) power.setSubstationInService(row, false)
    expect(power.isSignalSupplied(0)).toBe(false)
    expect(power.supplyVersion()).toBeGreaterThan(version)
    run(power, clock, 1)
    expect(power.balance().sourceW).toBe(0)
    expect(table(power, 'power.system').customersOut[0]).toBe(sum(grid.transformers.customers))
    expect([...table(power, 'power.feeders').isEnergized].some((is) => is === 1)).toBe(false)
    for (let row = 0; row < grid.substations.xM.length; row++) power.setSubstationInService(row, true)
    run(power, clock, 1)
    expect(power.isSignalSupplied(0)).toBe(true)
    clock.tick -= 50
    run(twin, clock, 1)
    const [one, other] = [table(power, 'power.buses').voltagePu, table(twin, 'power.buses').voltagePu]
    one.forEach((v, bus) => expect(v).toBeCloseTo(other[bus], 6))
  })

  it('after any sequence of switching is as one built with the switches so', () => {
    const breaker = fc.record({ row: fc.nat(grid.breakers.bus.length - 1), isOpen: fc.boolean() })
    const station = fc.record({ station: fc.nat(grid.substations.xM.length - 1), isIn: fc.boolean() })
    fc.assert(
      fc.property(fc.array(fc.oneof(breaker, station), { maxLength: 12 }), (switchings) => {
        const power = createPower(city, 3)
        const clock = clockAt(18)
        for (const each of switchings) {
          if ('row' in each) power.setBreakerOpen(each.row, each.isOpen)
          else power.setSubstationInService(each.station, each.isIn)
          run(power, clock, 1)
        }
        run(power, clock, 1)
        const fresh = createPower(city, 3)
        table(power, 'power.breakers').isOpen.forEach((is, row) => fresh.setBreakerOpen(row, is === 1))
        table(power, 'power.substations').isInService.forEach((is, row) =>
          fresh.setSubstationInService(row, is === 1),
        )
        fresh.step(clock)
        for (const { spec, columns } of power.tables) {
          for (const [name, column] of Object.entries(columns)) {
            column.forEach((value, row) => {
              const due = table(fresh, spec.name)[name][row]
              expect(Math.abs(value - due)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(due)))
            })
          }
        }
      }),
      { numRuns: 40, seed: 9 },
    )
  })

  it('goes on from a saved state as if nothing had been', () => {
    const first = createPower(city, 3)
    const clock = clockAt(17)
    for (let i = 0; i < 20; i++) {
      first.arriveAtZone(i % 2, 40)
      run(first, clock, 1)
    }
    first.setBreakerOpen(1, true)
    expect(first.chargingSessions()).toBeGreaterThan(0)
    const second = createPower(city, 3)
    second.load(first.save())
    expect(second.save()).toEqual(first.save())
    const other = { ...clock }
    run(first, clock, 30)
    run(second, other, 30)
    expect(second.save()).toEqual(first.save())
  })

  it('refuses a state of another city', () => {
    const power = createPower(city, 3)
    const saved = power.save()
    delete saved.vRe
    expect(() => power.load(saved)).toThrow('vRe')
  })

  it('solves at the interval it is told, and at once when something is switched', () => {
    const power = createPower(city, 3)
    power.solveEveryS = 60
    const clock = clockAt(12)
    run(power, clock, 1)
    const before = table(power, 'power.system').loadW[0]
    run(power, clock, 30)
    expect(table(power, 'power.system').loadW[0]).toBe(before)
    power.setBreakerOpen(0, true)
    run(power, clock, 1)
    expect(table(power, 'power.system').loadW[0]).toBeLessThan(before)
  })

  it('charges arriving cars with the energy they ask for, and no more power than is installed', () => {
    const power = createPower({ ...city, info: { parameters: { evShare: 1 } } }, 3)
    power.solveEveryS = 60
    const clock = clockAt(9)
    run(power, clock, 1)
    power.arriveAtZone(0, 300)
    power.arriveAtZone(1, 300)
    const sessions = power.chargingSessions()
    expect(sessions).toBeGreaterThan(3)
    let wh = 0
    for (let minute = 0; minute < 60 * 8; minute++) {
      clock.tick += 60 * 50
      power.step(clock)
      const w = table(power, 'power.system').evW[0]
      expect(w).toBeLessThanOrEqual(sum(grid.transformers.chargerW))
      wh += w / 60
    }
    expect(power.chargingSessions()).toBe(0)
    expect(table(power, 'power.system').evW[0]).toBe(0)
    expect(wh / sessions).toBeGreaterThan(3_000)
    expect(wh / sessions).toBeLessThan(36_000)
  })

  it('lets cars wait where there is no voltage', () => {
    const power = createPower({ ...city, info: { parameters: { evShare: 1 } } }, 3)
    const clock = clockAt(9)
    power.arriveAtZone(0, 200)
    const sessions = power.chargingSessions()
    for (let row = 0; row < grid.substations.xM.length; row++) power.setSubstationInService(row, false)
    power.solveEveryS = 3600
    run(power, clock, 4 * 3600)
    expect(power.chargingSessions()).toBe(sessions)
  })

  it('of a city without grid has empty tables and leaves every signal lit', () => {
    const power = createPower({ grid: undefined, weather: undefined, info }, 3)
    run(power, clockAt(12), 2)
    expect(power.isSignalSupplied(5)).toBe(true)
    expect(power.balance().mismatchRatio).toBe(0)
    expect(power.tables.map(({ rows }) => rows)).toEqual([0, 0, 0, 0, 0, 1])
  })

  it('throws on rows that are none', () => {
    const power = createPower(city, 3)
    expect(() => power.setBreakerOpen(-1, true)).toThrow('no breaker -1')
    expect(() => power.setSubstationInService(99, true)).toThrow('no substation 99')
    expect(() => power.setBreakerOpen(0.5, true)).toThrow('no breaker 0.5')
  })

  it('refuses a grid whose buses are out of order', () => {
    const parentBus = grid.buses.parentBus.slice()
    parentBus[1] = 2
    const broken = { ...grid, buses: { ...grid.buses, parentBus } }
    expect(() => createPower({ ...city, grid: broken }, 3)).toThrow('bus 1')
  })
})

describe('the load of a class', () => {
  it('has exactly the yearly energy over the weather year', () => {
    const means = meanFactors(weather)
    for (let each = 0; each < 4; each++) {
      let total = 0
      weather.hours.temperatureC.forEach((temperatureC, hour) => {
        const second = ((hour % 24) + 0.5) * 3600
        total +=
          5 * classFactor(each, false, second, temperatureC) +
          2 * classFactor(each, true, second, temperatureC)
      })
      expect(total / 7 / 8760 / means[each]).toBeCloseTo(1, 9)
    }
  })

  it('rises with heat and with cold, but not without end', () => {
    const at = (temperatureC: number) => classFactor(0, false, 20 * 3600, temperatureC)
    expect(at(34)).toBeGreaterThan(at(20))
    expect(at(2)).toBeGreaterThan(at(20))
    expect(at(-40)).toBe(at(-10))
  })

  it('of homes peaks in the evening and of shops by day', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => hour)
    const peak = (each: number) =>
      hours.reduce((best, hour) =>
        classFactor(each, false, (hour + 0.5) * 3600, 20) > classFactor(each, false, (best + 0.5) * 3600, 20)
          ? hour
          : best,
      )
    expect(peak(0)).toBe(21)
    expect(peak(1)).toBe(11)
  })
})

describe('a roof', () => {
  it('gives nothing at night, and at noon less when hot', () => {
    expect(pvFactor(0, 20)).toBe(0)
    expect(pvFactor(1000, 35)).toBeLessThan(pvFactor(1000, 5))
    expect(pvFactor(1000, 25)).toBeGreaterThan(0.6)
  })
})
