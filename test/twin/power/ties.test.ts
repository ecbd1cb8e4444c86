/** Ties: what they take over is as if it had been built so, and nothing else moves. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Clock } from '../../../twin/kernel/clock.ts'
import type { PowerGrid } from '../../../twin/power/grid.ts'
import { createPower, type Power } from '../../../twin/power/power.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const city = smallCity()
const grid = city.grid!
/** The ends of the second and the third feeder, 375 m apart. */
const [END_1, END_2] = [13, 20]
const HEAD_BREAKER_2 = grid.breakers.bus.indexOf(14)

const column = (power: Power, table: string, name: string) =>
  power.tables.find(({ spec }) => spec.name === table)!.columns[name]

function lived(of: PowerGrid, asked: (power: Power) => void, seconds = 3): Power {
  const clock: Clock = { tick: 0, startMs: Date.UTC(2024, 2, 13, 20), utcOffsetS: 0 }
  const power = createPower({ ...city, grid: of }, 3)
  power.step(clock)
  asked(power)
  for (let s = 0; s < seconds; s++) {
    clock.tick += 50
    power.step(clock)
    expect(power.balance().mismatchRatio).toBeLessThan(1e-6)
  }
  return power
}

/** The same grid with the third feeder built as the far part of the second, from its end backwards. */
function builtSo(): PowerGrid {
  const moved = (bus: number) => (bus >= 14 && bus <= 20 ? 34 - bus : bus)
  const { buses, feeders, transformers } = grid
  const tieKm = (1.3 * 375) / 1000
  return {
    ...grid,
    feeders: {
      ...feeders,
      busCount: feeders.busCount.map((count, feeder) => (feeder === 1 ? 14 : feeder === 2 ? 0 : count)),
    },
    buses: {
      ...buses,
      feeder: buses.feeder.map((feeder) => (feeder === 2 ? 1 : feeder)),
      parentBus: buses.parentBus.map((parent, bus) =>
        bus === 14 ? END_1 : bus > 14 && bus <= 20 ? bus - 1 : parent,
      ),
      rOhm: buses.rOhm.map((ohm, bus) =>
        bus === 14 ? tieKm * 0.148 : bus > 14 && bus <= 20 ? buses.rOhm[20] : ohm,
      ),
      xOhm: buses.xOhm.map((ohm, bus) =>
        bus === 14 ? tieKm * 0.106 : bus > 14 && bus <= 20 ? buses.xOhm[20] : ohm,
      ),
    },
    transformers: { ...transformers, bus: transformers.bus.map(moved) },
    breakers: { bus: new Uint32Array([0]), name: ['B0'] },
  }
}

describe('a tie', () => {
  test('takes over a feeder whose head is open, exactly as if it had been built so', () => {
    const tied = lived(grid, (power) => {
      power.setBreakerOpen(HEAD_BREAKER_2, true)
      power.turn('tieTo', END_2, END_1 + 1)
    })
    const built = lived(builtSo(), () => {})
    expect(column(tied, 'power.system', 'customersOut')[0]).toBe(0)
    expect(column(tied, 'power.feeders', 'loadW')[1]).toBeCloseTo(
      column(built, 'power.feeders', 'loadW')[1],
      0,
    )
    expect(column(tied, 'power.feeders', 'loadW')[2]).toBe(0)
    const voltage = column(tied, 'power.buses', 'voltagePu')
    const asBuilt = column(built, 'power.buses', 'voltagePu')
    for (let bus = 7; bus <= 20; bus++)
      expect(voltage[bus]).toBeCloseTo(asBuilt[bus >= 14 ? 34 - bus : bus], 6)
    // the open line carries nothing, the others what their neighbours carry
    const loading = column(tied, 'power.buses', 'loadingRatio')
    expect(loading[14]).toBe(0)
    for (let bus = 15; bus <= 20; bus++)
      expect(loading[bus]).toBeCloseTo(column(built, 'power.buses', 'loadingRatio')[35 - bus], 5)
    expect(tied.balance().sourceW).toBeCloseTo(built.balance().sourceW, 0)
  })

  test('between what has voltage carries nothing: no loop is closed', () => {
    const base = lived(grid, () => {})
    const tied = lived(grid, (power) => power.turn('tieTo', END_2, END_1 + 1))
    expect(column(tied, 'power.buses', 'voltagePu')).toEqual(column(base, 'power.buses', 'voltagePu'))
  })

  test('takes over only what lies beyond the open switch', () => {
    // the switch in the middle of the third feeder
    const tied = lived(grid, (power) => {
      power.setBreakerOpen(grid.breakers.bus.indexOf(17), true)
      power.turn('tieTo', END_2, END_1 + 1)
    })
    const base = lived(grid, () => {})
    const [before, after] = [base, tied].map((power) => column(power, 'power.feeders', 'loadW'))
    expect(after[2]).toBeLessThan(before[2] * 0.6)
    expect(after[1] + after[2]).toBeGreaterThan((before[1] + before[2]) * 0.99)
    expect(after[0]).toBe(before[0])
  })

  test('lets go when the feeder has its own supply again', () => {
    const base = lived(grid, () => {}, 6)
    const clock: Clock = { tick: 0, startMs: Date.UTC(2024, 2, 13, 20), utcOffsetS: 0 }
    const power = createPower(city, 3)
    const step = () => {
      clock.tick += 50
      power.step(clock)
    }
    power.step(clock)
    power.setBreakerOpen(HEAD_BREAKER_2, true)
    power.turn('tieTo', END_2, END_1 + 1)
    for (let s = 0; s < 3; s++) step()
    power.setBreakerOpen(HEAD_BREAKER_2, false)
    for (let s = 0; s < 3; s++) step()
    column(power, 'power.buses', 'voltagePu').forEach((v, bus) =>
      expect(v).toBeCloseTo(column(base, 'power.buses', 'voltagePu')[bus], 7),
    )
  })

  test('and switches of any kind, in any number, supply whom a path of closed lines and ties reaches, and keep the balance', () => {
    const bus = fc.nat(grid.buses.feeder.length - 1)
    const cases = fc.record({
      open: fc.uniqueArray(fc.nat(grid.breakers.bus.length - 1), { maxLength: 5 }),
      out: fc.uniqueArray(fc.nat(1), { maxLength: 2 }),
      ties: fc.array(fc.tuple(bus, bus), { maxLength: 4 }),
    })
    fc.assert(
      fc.property(cases, ({ open, out, ties }) => {
        const power = lived(grid, (each) => {
          for (const row of open) each.setBreakerOpen(row, true)
          for (const row of out) each.setSubstationInService(row, false)
          for (const [from, to] of ties) each.turn('tieTo', from, to + 1)
        })
        const last = new Map(ties.map(([from, to]) => [from, to]))
        const isCut = new Set(open.map((row) => grid.breakers.bus[row]))
        // by hand: spread from every live head over closed lines and ties until nothing changes
        const isLive = grid.buses.parentBus.map((parent, at) =>
          parent < 0 && !isCut.has(at) && !out.includes(grid.feeders.substation[grid.buses.feeder[at]])
            ? 1
            : 0,
        )
        for (let isMore = true; isMore;) {
          isMore = false
          const join = (a: number, b: number) => {
            if (isLive[a] === isLive[b]) return
            isLive[a] = isLive[b] = 1
            isMore = true
          }
          grid.buses.parentBus.forEach((parent, at) => {
            if (parent >= 0 && !isCut.has(at)) join(parent, at)
          })
          for (const [from, to] of last) join(from, to)
        }
        expect([...column(power, 'power.buses', 'isEnergized')]).toEqual([...isLive])
        expect(power.balance().unsolvedFeeders).toBe(0)
      }),
    )
  })

  test('goes on from a saved state as it would have', () => {
    const ask = (power: Power) => {
      power.setBreakerOpen(HEAD_BREAKER_2, true)
      power.turn('tieTo', END_2, END_1 + 1)
    }
    const half = lived(grid, ask, 3)
    const whole = lived(grid, ask, 6)
    const other = createPower(city, 3)
    other.load(half.save())
    const clock: Clock = { tick: 150, startMs: Date.UTC(2024, 2, 13, 20), utcOffsetS: 0 }
    for (let s = 0; s < 3; s++) {
      clock.tick += 50
      other.step(clock)
    }
    expect(other.save()).toEqual(whole.save())
  })
})
