/** Every coupling says by whose word it acts; what is published is reproduced, what is assumed is what the model has. */
import { describe, expect, test } from 'vitest'
import { couplingIds } from '../../../../twin/couplingWatch.ts'
import { makeKnobs, NO_ROWS } from '../../../../twin/kernel/knob.ts'
import { createCharging, FAST_CHARGER_W } from '../../../../twin/power/charging.ts'
import { powerKnobs } from '../../../../twin/power/knobs.ts'
import { classFactor } from '../../../../twin/power/load.ts'
import { keepActs } from '../../../../twin/scenario/causes/acts.ts'
import { mechanisms, type Mechanism } from '../../../../twin/scenario/causes/mechanisms.ts'
import { roadWorks } from '../../../../twin/scenario/edits/streets.ts'
import { runScenario } from '../../../../twin/scenario/run.ts'
import { capacityVph } from '../../../../twin/traffic/capacity.ts'
import { createTraffic } from '../../../../twin/traffic/traffic.ts'
import { createTwin } from '../../../../twin/twin.ts'
import { crossing } from '../../../fixtures/roads.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const all = Object.entries(mechanisms) as [string, Mechanism][]

describe('a mechanism', () => {
  test.each(couplingIds)('%s is declared', (id) => expect(mechanisms[id]).toBeDefined())

  test.each(all.filter(([, each]) => each.basis === 'published'))(
    '%s lies within what its source gives',
    (_, each) => {
      if (each.basis !== 'published') return
      expect(each.value).toBeGreaterThanOrEqual(each.range[0])
      expect(each.value).toBeLessThanOrEqual(each.range[1])
      expect(each.source).toMatch(/\d{4}|edition/)
    },
  )
})

test('a dark signal lets each lane go as the all-way stop of the HCM does', () => {
  const arms = [0, 1, 2, 3].map(() => ({ signal: 0 }))
  const traffic = createTraffic(crossing({ arms }), 1, { demandFactor: 0 })
  const lit = capacityVph(traffic.world, 0)
  traffic.setSignalDark(0, true)
  expect(capacityVph(traffic.world, 0)).toBeCloseTo(3600 / mechanisms.allWayStop.value, 6)
  expect(lit).toBeGreaterThan(capacityVph(traffic.world, 0))
})

test('road works leave of a lane what the HCM says', () => {
  const city = smallCity({ side: 4 })
  const resolved = roadWorks.resolve({ links: [0] } as never, city)
  const settings = 'settings' in resolved ? resolved.settings : []
  expect(settings.find(({ target }) => target === 'capacityFactor')!.value).toBeCloseTo(
    mechanisms.roadWorks.value,
    6,
  )
})

test('a degree of heat is as many per cent of a home’s load as the source says', () => {
  const at = (temperatureC: number) => classFactor(0, false, 15 * 3600, temperatureC)
  expect(at(24) / at(23) - 1).toBeCloseTo(mechanisms.temperatureLoad.value, 6)
})

test('a fast charger gives what sessions draw in the mean: 22 kWh in 42 minutes', () => {
  expect(FAST_CHARGER_W).toBe(mechanisms.fastCharging.value)
  expect(Math.abs(22_000 / (42 / 60) / FAST_CHARGER_W - 1)).toBeLessThan(0.01)
})

test('calls come at the rates that are declared as assumed', () => {
  const city = smallCity({ side: 4 })
  const twin = createTwin(city, { seed: 1, startMs: Date.UTC(2024, 2, 12, 20), utcOffsetS: 0 })
  const acts = keepActs(twin)
  const run = runScenario(twin, [{ kind: 'substationOut', id: 'a', substation: 0 }])
  while (run.doneS() < 60) run.step()
  const of = (coupling: string) => acts().filter((act) => act.coupling === coupling)
  for (const { row, amount, firstS } of of('outageReports')) {
    const seconds = 60 - firstS + 1
    const perH = (amount / seconds) * 3600
    expect(perH).toBeCloseTo(mechanisms.outageReports.value * city.grid!.transformers.customers[row], 6)
  }
  for (const { amount, firstS } of of('darkSignalReports'))
    expect((amount / (60 - firstS + 1)) * 3600).toBeCloseTo(mechanisms.darkSignalReports.value, 6)
  expect(of('outageReports').length * of('darkSignalReports').length).toBeGreaterThan(0)
})

test('charging goes with the share of cars that plug in, half and twice, while chargers are free', () => {
  const { grid } = smallCity({ side: 4 })
  const chargerW = grid!.transformers.chargerW.map(() => 500e6)
  const roomy = { ...grid!, transformers: { ...grid!.transformers, chargerW } }
  const rows = { ...NO_ROWS, city: 1, zone: 9, transformer: chargerW.length }
  const energyOf = (share: number) => {
    const charging = createCharging(roomy, () => 7, share, makeKnobs(powerKnobs, rows))
    charging.arrive(0, 60_000)
    return charging.powerW.reduce((sum, w) => sum + w, 0)
  }
  const { halved, doubled } = mechanisms.arrivalsCharge.sensitivity
  expect(Math.abs(energyOf(0.05) / energyOf(0.1) / halved - 1)).toBeLessThan(0.08)
  expect(Math.abs(energyOf(0.2) / energyOf(0.1) / doubled - 1)).toBeLessThan(0.08)
})
