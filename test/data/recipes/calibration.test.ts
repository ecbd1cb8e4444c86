/** Matching detectors to streets and scoring a run against them. */
import { expect, test } from 'vitest'
import {
  addMoment,
  fitOf,
  HALF_HOURS,
  makeRunSums,
  matchSites,
  misfit,
} from '../../../data/recipes/calibration.ts'
import { makeProjection } from '../../../twin/geo/projection.ts'
import { corridor } from '../../fixtures/roads.ts'

const { network: base } = corridor({ links: 3, lengthM: 100 })
const network = {
  ...base,
  names: { text: ['', 'Bulevar General Artigas'] },
  links: { ...base.links, name: Uint16Array.from([1, 1, 0]) },
}
const projection = makeProjection([0, 0])
const site = (id: string, street: string, xM: number, speedKmh: (h: number) => number) => ({
  id,
  freeFlowKmh: 50,
  lng: xM / projection.mPerDegLng,
  lat: 0,
  street,
  speedKmh: Float64Array.from({ length: HALF_HOURS }, (_, h) => speedKmh(h)),
})

test('a detector stands for the links of its street about it, whatever the accents and first names', () => {
  const sites = matchSites(network, projection, [
    site('1', 'Bvar. Gral. ARTÍGAS', 60, () => 30),
    site('2', 'Rivera', 60, () => 30),
    site('3', 'Artigas', 900, () => 30),
  ])
  expect(sites.map(({ id, links }) => [id, ...links])).toEqual([['1', 0, 1]])
})

test('a run that has the measured speeds fits without error, and its minima are where the measured ones are', () => {
  const measured = (h: number) => 40 - (h === 17 ? 18 : h === 35 ? 20 : h > 14 && h < 40 ? 15 : 0)
  const sites = Array.from({ length: 12 }, (_, i) => ({
    ...site(`${i}`, 'Artigas', 60, (h) => measured(h) + i),
    links: [0],
    isHeldOut: false,
  }))
  const sums = makeRunSums(sites.length)
  sites.forEach((one, i) => {
    for (let h = 0; h < HALF_HOURS; h++) {
      sums.freeSeconds[i * HALF_HOURS + h] = one.speedKmh[h] / 50
      sums.seconds[i * HALF_HOURS + h] = 1
    }
  })
  const fit = fitOf(sums, sites, false)
  expect(fit.maeKmh).toBeCloseTo(0)
  expect(fit.r).toBeCloseTo(1)
  expect([fit.morningMinimumH, fit.eveningMinimumH]).toEqual([8.5, 17.5])
  expect(misfit(fit)).toBeCloseTo(0)
  expect(fitOf(sums, sites, true).sites).toBe(0)
})

test('a site is as slow as its stretch takes longer than a lone driver would, weighted by flow', () => {
  const sites = [{ ...site('a', 'Artigas', 60, () => 30), links: [0, 1], isHeldOut: false }]
  const sums = makeRunSums(1)
  const lone = Int32Array.from([500, 500, 500])
  addMoment(sums, sites, 4, Float32Array.from([99, 99, 0]), lone, Int32Array.from([500, 1500, 9000]))
  expect(fitOf(sums, sites, false).modelKmh[4]).toBeCloseTo(25)
})
