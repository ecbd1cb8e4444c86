/** The simulated weather year keeps its normals and its physics. */
import { describe, expect, it } from 'vitest'
import { makeWeather } from '../../../data/recipes/weather.ts'

const climate = {
  meanMinC: [18, 18, 16, 13, 10, 8, 7, 8, 9, 12, 14, 16],
  meanMaxC: [28, 28, 26, 22, 19, 15, 15, 16, 18, 21, 24, 27],
  rainMmPerYear: 950,
}
const site = { latitudeDeg: -34.9, solarNoonH: 12.75 }
const { hours } = makeWeather(climate, site, 4)
const mean = (values: Iterable<number>) => {
  const all = [...values]
  return all.reduce((sum, value) => sum + value, 0) / all.length
}

describe('a simulated weather year', () => {
  it('keeps the normals of a month within the spread of a single year', () => {
    const january = hours.temperatureC.subarray(0, 31 * 24)
    const july = hours.temperatureC.subarray(181 * 24, 212 * 24)
    expect(mean(january)).toBeGreaterThan(20)
    expect(mean(january)).toBeLessThan(26)
    expect(mean(july)).toBeGreaterThan(8)
    expect(mean(july)).toBeLessThan(14)
  })

  it('is dark at night, brightest in summer and never brighter than the sky allows', () => {
    expect(hours.irradianceWpm2[2]).toBe(0)
    expect(Math.max(...hours.irradianceWpm2)).toBeLessThan(1100)
    const kwhPerM2 = mean(hours.irradianceWpm2) * 8.76
    expect(kwhPerM2).toBeGreaterThan(1400)
    expect(kwhPerM2).toBeLessThan(2000)
  })

  it('rains what the normals say', () => {
    expect(hours.rainMm.reduce((sum, mm) => sum + mm, 0)).toBeCloseTo(950, 2)
    expect(Math.min(...hours.rainMm, ...hours.windMps)).toBeGreaterThanOrEqual(0)
  })

  it('is the same for the same seed and another for another', () => {
    expect(makeWeather(climate, site, 4).hours.temperatureC).toEqual(hours.temperatureC)
    expect(makeWeather(climate, site, 5).hours.temperatureC).not.toEqual(hours.temperatureC)
  })

  it('wants twelve months', () => {
    expect(() => makeWeather({ ...climate, meanMinC: [1] }, site, 1)).toThrow('12 months')
  })
})
