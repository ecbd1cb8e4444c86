/** Differences by place are those of their pairs, row by row; as bytes they say the same, and other bytes are refused. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pairedDifference } from '../../../twin/scenario/interval.ts'
import { bytesOfPlaces, placesOfBytes } from '../../../twin/scenario/placeBytes.ts'
import { GRAINS, LEAST_FLOW_VPH, PairSums } from '../../../twin/scenario/placeDifferences.ts'
import type { RunMeans } from '../../../twin/scenario/runMeans.ts'

const LINKS = 5
const FEEDERS = 2
const column = (rows: number, most: number) =>
  fc
    .array(fc.float({ min: 0, max: Math.fround(most), noNaN: true }), { minLength: rows, maxLength: rows })
    .map((values) => Float32Array.from(values))
const means: fc.Arbitrary<RunMeans> = fc.record({
  flowVph: column(LINKS, 4000),
  speedMps: column(LINKS, 30),
  loadingRatio: column(FEEDERS, 2),
  voltagePu: column(FEEDERS, 1.2),
})
const pairs = fc.array(fc.tuple(means, means), { minLength: 1, maxLength: 6 })

function summed(all: readonly (readonly [RunMeans, RunMeans])[]) {
  const sums = new PairSums()
  for (const [base, edited] of all) sums.add(base, edited)
  return sums.differences()!
}

describe('differences by place', () => {
  test('are the paired differences of each row, with their interval', () => {
    fc.assert(
      fc.property(pairs, (all) => {
        const { link, flowVph } = summed(all)
        link.forEach((row, at) => {
          const of = (side: 0 | 1) => all.map((pair) => pair[side].flowVph[row])
          const { difference, interval } = pairedDifference(of(0), of(1), GRAINS.flowVph)
          expect(flowVph.difference[at]).toBeCloseTo(difference, 2)
          if (interval === undefined) expect(flowVph.reach[at]).toBeNaN()
          else expect(flowVph.reach[at]).toBeCloseTo((interval[1] - interval[0]) / 2, 1)
        })
      }),
    )
  })

  test('of runs without an edit name no street, and every feeder as unchanged', () => {
    fc.assert(
      fc.property(fc.array(means, { minLength: 2, maxLength: 4 }), (all) => {
        const { link, loadingRatio } = summed(all.map((each) => [each, each]))
        expect(link).toHaveLength(0)
        expect([...loadingRatio.difference]).toEqual([0, 0])
        expect([...loadingRatio.reach]).toEqual([0, 0])
      }),
    )
  })

  test('leave out a street whose flow and speed hardly change', () => {
    const base: RunMeans = {
      flowVph: Float32Array.of(100, 100),
      speedMps: Float32Array.of(10, 10),
      loadingRatio: new Float32Array(0),
      voltagePu: new Float32Array(0),
    }
    const edited = { ...base, flowVph: Float32Array.of(99 + LEAST_FLOW_VPH, 101 + LEAST_FLOW_VPH) }
    expect([...summed([[base, edited]]).link]).toEqual([1])
  })
})

describe('as bytes', () => {
  test('they say the same to half a step of each measure', () => {
    fc.assert(
      fc.property(pairs, (all) => {
        const places = summed(all)
        const read = placesOfBytes(bytesOfPlaces(places), LINKS)
        expect(read.pairs).toBe(places.pairs)
        expect(read.link).toEqual(places.link)
        for (const [name, half] of [
          ['flowVph', 0.51],
          ['speedMps', 0.0051],
          ['loadingRatio', 0.00011],
          ['voltagePu', 0.000026],
        ] as const) {
          for (const what of ['base', 'difference', 'reach'] as const)
            places[name][what].forEach((value, at) => {
              const back = read[name][what][at]
              // beyond what sixteen bits hold, the largest they do
              if (Number.isNaN(value)) expect(back).toBeNaN()
              else if (Math.abs(value) < 60_000 * half) expect(Math.abs(back - value)).toBeLessThan(half)
            })
        }
      }),
    )
  })

  test('whatever else comes is refused with what is wrong, or read as rising rows of the city', () => {
    const good = bytesOfPlaces(summed([[meansOf([10, 20, 30, 40, 50]), meansOf([60, 80, 30, 40, 90])]]))
    const mangled = fc
      .array(fc.tuple(fc.nat(good.length + 4), fc.nat(255)), { maxLength: 6 })
      .map((changes) => {
        const bytes = new Uint8Array(good.length + (changes.length % 2))
        bytes.set(good)
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
        return bytes
      })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), mangled), (bytes) => {
        try {
          const { link } = placesOfBytes(bytes, LINKS)
          for (let at = 0; at < link.length; at++) {
            expect(link[at]).toBeLessThan(LINKS)
            if (at > 0) expect(link[at]).toBeGreaterThan(link[at - 1])
          }
        } catch (error) {
          expect((error as Error).message).toMatch(/^places: /)
        }
      }),
      { numRuns: 300 },
    )
  })
})

function meansOf(flows: readonly number[]): RunMeans {
  return {
    flowVph: Float32Array.from(flows),
    speedMps: new Float32Array(flows.length).fill(8),
    loadingRatio: Float32Array.of(0.4, 0.5),
    voltagePu: Float32Array.of(0.98, 0.99),
  }
}
