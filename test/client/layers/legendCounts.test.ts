/** The legends' numbers add up to what there is, and agree with what is drawn. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countPower } from '../../../client/layers/power/powerCounts.ts'
import { countReports, isNews, shownRows } from '../../../client/layers/reports/shownReports.ts'
import { makeStates } from '../../../client/layers/stateTexture.ts'
import { setLinkStates } from '../../../client/layers/traffic/linkLines.ts'
import { countDifferences, countSignals, countStreets } from '../../../client/layers/traffic/streetCounts.ts'
import { countBuses } from '../../../client/layers/transit/busCounts.ts'
import { busesOf } from '../../../client/layers/transit/busPlaces.ts'
import { substationTable, transformerTable } from '../../../twin/power/tables.ts'
import { requestCauses, requestTable } from '../../../twin/reports/tables.ts'
import { linkTable, signalTable } from '../../../twin/traffic/tables.ts'
import { NO_TRIP, transitVehicleTable } from '../../../twin/transit/tables.ts'
import { tinyMirror } from './tinyMirror.ts'

const share = fc.double({ min: 0, max: 1.2, noNaN: true })
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const street = fc.record({
  lengthM: fc.integer({ min: 1, max: 900 }),
  roadClass: fc.integer({ min: 0, max: 6 }),
  speedMps: fc.oneof(
    share.map((of) => of * 14),
    fc.constant(NaN),
  ),
  vehicles: fc.integer({ min: 0, max: 30 }),
  queueM: fc.integer({ min: 0, max: 200 }),
  isClosed: fc.boolean(),
})

function cityOf(streets: readonly { lengthM: number; roadClass: number }[]) {
  return {
    network: {
      links: {
        lengthM: Float32Array.from(streets, ({ lengthM }) => lengthM),
        roadClass: Uint8Array.from(streets, ({ roadClass }) => roadClass),
        freeSpeedMps: Float32Array.from(streets, () => 14),
      },
    },
  } as never
}

it('every metre of street is in one class, closed, or unknown, and in the class it is drawn in', () => {
  fc.assert(
    fc.property(fc.array(street, { maxLength: 40 }), (streets) => {
      const city = cityOf(streets)
      const { mirror, fill } = tinyMirror()
      fill(linkTable, streets.length, (columns) => {
        streets.forEach((each, row) => {
          columns.speedMps[row] = each.speedMps
          columns.vehicles[row] = each.vehicles
          columns.queueM[row] = each.queueM
          columns.isClosed[row] = each.isClosed ? 1 : 0
        })
      })
      const counts = countStreets({ city, mirror })
      const totalM = sum(streets.map(({ lengthM }) => lengthM))
      expect(sum(counts.stepM) + counts.closedM + counts.unknownM).toBe(totalM)

      const states = makeStates(streets.length)
      setLinkStates(states, city, mirror)
      const drawnM = [0, 0, 0, 0, 0]
      streets.forEach(({ lengthM, speedMps, isClosed }, row) => {
        if (!isClosed && !Number.isNaN(speedMps)) drawnM[Math.round(states.bytes[row * 4] / 63.75)] += lengthM
      })
      expect(counts.stepM).toEqual(drawnM)
    }),
  )
})

it('differences of streets add up too', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(street, fc.double({ min: -1, max: 1, noNaN: true })), { maxLength: 30 }),
      (all) => {
        const streets = all.map(([each]) => each)
        const { mirror, fill } = tinyMirror()
        fill(linkTable, streets.length, ({ speedMps }) => speedMps.fill(9))
        const gains = Float32Array.from(all, ([, gain]) => gain)
        const counts = countDifferences({ city: cityOf(streets), mirror }, gains)
        expect(sum(counts.stepM)).toBe(sum(streets.map(({ lengthM }) => lengthM)))
      },
    ),
  )
})

it('before the first frame all streets are unknown', () => {
  const counts = countStreets({ city: cityOf([{ lengthM: 70, roadClass: 1 }]), mirror: tinyMirror().mirror })
  expect(counts).toEqual({ stepM: [0, 0, 0, 0, 0], closedM: 0, unknownM: 70 })
})

it('every transformer has supply in one class or has none, every substation is in service or out', () => {
  const thing = fc.tuple(share, fc.boolean())
  fc.assert(
    fc.property(fc.array(thing), fc.array(fc.boolean()), (transformers, substations) => {
      const { mirror, fill } = tinyMirror()
      fill(transformerTable, transformers.length, ({ loadingRatio, isEnergized }) => {
        transformers.forEach(([ratio, isOn], row) => {
          loadingRatio[row] = ratio
          isEnergized[row] = isOn ? 1 : 0
        })
      })
      fill(substationTable, substations.length, ({ isInService }) => {
        substations.forEach((isOn, row) => (isInService[row] = isOn ? 1 : 0))
      })
      const counts = countPower({ mirror })
      expect(sum(counts.step) + counts.dark).toBe(transformers.length)
      expect(counts.dark).toBe(transformers.filter(([, isOn]) => !isOn).length)
      expect(counts.substations + counts.substationsOut).toBe(substations.length)
    }),
  )
})

it('every signal runs or is dark', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean()), (dark) => {
      const { mirror, fill } = tinyMirror()
      fill(signalTable, dark.length, ({ mode }) =>
        dark.forEach((isDark, row) => (mode[row] = isDark ? 1 : 0)),
      )
      expect(countSignals({ city: cityOf([]), mirror })).toEqual({
        normal: dark.filter((isDark) => !isDark).length,
        dark: dark.filter(Boolean).length,
      })
    }),
  )
})

it('every bus on a trip is early, on time or late', () => {
  const city = {
    timetable: { trips: { pattern: Uint16Array.of(0, 0, 0) }, patterns: { route: Uint16Array.of(0) } },
  } as never
  const bus = fc.tuple(fc.constantFrom(0, 1, 2, NO_TRIP), fc.integer({ min: -900, max: 1800 }))
  fc.assert(
    fc.property(fc.array(bus), (buses) => {
      const { mirror, fill } = tinyMirror()
      fill(transitVehicleTable, buses.length, ({ trip, delayS }) => {
        buses.forEach(([ofTrip, late], row) => {
          trip[row] = ofTrip
          delayS[row] = late
        })
      })
      const { early, onTime, late, ghosts } = countBuses({ city, mirror })
      expect(early + onTime + late).toBe(busesOf({ city, mirror }).length)
      expect(ghosts).toBeLessThanOrEqual(late)
    }),
  )
})

it('every report that is shown is new, standing or closed', () => {
  const request = fc.record({
    status: fc.integer({ min: 0, max: 5 }),
    cause: fc.integer({ min: 0, max: 4 }),
    openedTick: fc.integer({ min: 0, max: 3_000_000 }),
    updatedTick: fc.integer({ min: 0, max: 3_000_000 }),
  })
  fc.assert(
    fc.property(fc.array(request), (requests) => {
      const { mirror, fill } = tinyMirror(3_000_000)
      fill(requestTable, requests.length, (columns) => {
        requests.forEach((each, row) => {
          columns.status[row] = each.status
          columns.cause[row] = each.cause
          columns.openedTick[row] = each.openedTick
          columns.updatedTick[row] = each.updatedTick
        })
      })
      const { news, stock, closedNews, closedStock } = countReports({ mirror, selection: undefined })
      expect(news + stock + closedNews + closedStock).toBe(shownRows({ mirror }).length)
    }),
  )
})

it.each([
  ['outage', false],
  ['darkSignal', true],
  ['person', true],
] as const)('a new report by cause of %s stands on the map of the whole city: %s', (cause, isThere) => {
  const { mirror, fill } = tinyMirror(3_000_000)
  fill(requestTable, 1, (columns) => {
    columns.status[0] = 1
    columns.cause[0] = requestCauses.indexOf(cause)
    columns.openedTick[0] = columns.updatedTick[0] = 2_999_000
  })
  expect(isNews({ mirror, selection: undefined }, 0)).toBe(isThere)
  expect(isNews({ mirror, selection: { layer: 'reports', table: requestTable.name, row: 0 } }, 0)).toBe(true)
})
