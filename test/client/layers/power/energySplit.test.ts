/** Electricity from sources to uses: as much comes in as goes out, and the dark take no part. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { energySplit, rowsOfHalf, type EnergySplit } from '../../../../client/layers/power/energySplit.ts'
import { createPower } from '../../../../twin/power/power.ts'
import { powerSystemTable, transformerTable } from '../../../../twin/power/tables.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const city = smallCity()
const count = city.grid!.transformers.bus.length
const lit = new Uint8Array(count).fill(1)
const clock = { tick: 0, startMs: Date.UTC(2026, 10, 23, 12), utcOffsetS: 0 }
const power = fc.double({ min: 0, max: 1e9, noNaN: true })

function uses({ buildingsW, chargingW, lossW, fedBackW }: EnergySplit): number {
  return Object.values(buildingsW).reduce((sum, each) => sum + each, 0) + chargingW + lossW + fedBackW
}

describe('the split of electricity', () => {
  it('conserves: sources are uses, losses and what is fed back', () => {
    fc.assert(
      fc.property(
        power,
        power,
        power,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (loadW, lossW, pvW, evShare) => {
          const totals = { loadW, lossW, pvW, evW: loadW * evShare, temperatureC: 20 }
          const split = energySplit(city, totals, lit, clock)
          expect(uses(split) / 1e9).toBeCloseTo((split.gridW + split.solarW) / 1e9, 9)
          expect(Math.min(split.gridW, split.fedBackW)).toBe(0)
          for (const each of Object.values(split.buildingsW)) expect(each).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })

  it('holds for what the twin publishes', () => {
    const twin = createPower(city, 5)
    twin.step({ ...clock, tick: 0 })
    const column = (spec: { readonly name: string }) =>
      twin.tables.find((table) => table.spec.name === spec.name)!.columns
    const { loadW, lossW, pvW, evW, temperatureC } = column(powerSystemTable)
    const totals = {
      loadW: loadW[0],
      lossW: lossW[0],
      pvW: pvW[0],
      evW: evW[0],
      temperatureC: temperatureC[0],
    }
    const split = energySplit(city, totals, column(transformerTable)['isEnergized'], clock)
    const { sourceW } = twin.balance()
    expect(split.gridW / sourceW).toBeCloseTo(1, 4)
    expect(uses(split) / (split.gridW + split.solarW)).toBeCloseTo(1, 9)
  })

  it('gives nothing to a class whose buildings are all dark', () => {
    const totals = { loadW: 100, lossW: 0, pvW: 0, evW: 0, temperatureC: 20 }
    const split = energySplit(city, totals, new Uint8Array(count), clock)
    expect(Object.values(split.buildingsW)).toEqual([0, 0, 0, 0])
  })
})

describe('the half of a whole', () => {
  it('is made by the fewest rows that make it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 })), (values) => {
        const rows = rowsOfHalf(values)
        const sum = (of: readonly number[]) => of.reduce((total, row) => total + values[row], 0)
        const whole = values.reduce((total, value) => total + value, 0)
        expect(sum(rows)).toBeGreaterThanOrEqual(whole / 2)
        if (rows.length > 0) expect(sum(rows.slice(0, -1))).toBeLessThan(whole / 2)
      }),
    )
  })
})
