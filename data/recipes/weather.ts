/**
 * A simulated year of hourly weather around a city's climate normals: temperatures that swing with the day and drift from
 * day to day, sun by latitude and cloud, wind and rain. Typical, not observed; marked simulated wherever it is shown.
 */
import { cos, exp, PI, pow, sin } from '../../twin/kernel/math.ts'
import { randomUnit } from '../../twin/kernel/random.ts'
import type { Weather } from '../../twin/power/weather.ts'

export interface ClimateNormals {
  /** Means of the days' lowest and highest temperatures by month, January first, °C. */
  readonly meanMinC: readonly number[]
  readonly meanMaxC: readonly number[]
  readonly rainMmPerYear: number
}

export interface WeatherSite {
  readonly latitudeDeg: number
  /** Clock hour at which the sun stands highest, 12 when unknown. */
  readonly solarNoonH?: number
}

const DAYS = 365
const HOURS = DAYS * 24
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Day-to-day anomaly of temperature: spread and how much of it stays for the next day. Assumed, as of mid-latitude stations. */
const ANOMALY_C = 3
const ANOMALY_KEPT = 0.7
/** Coldest about sunrise, warmest in mid-afternoon. */
const COLDEST_H = 6
const WARMEST_H = 15
/** How much of an hour's cloud stays for the next. Assumed. */
const CLOUD_KEPT = 0.93
/** Mean wind and its persistence by the hour. Assumed. */
const WIND_MPS = 4.5
const WIND_KEPT = 0.9

const STREAM = { anomaly: 1, cloud: 2, wind: 3, rain: 4 } as const

/**
 * 8,760 hours from 1 January 00:00 local time. Clear sky by Haurwitz (1945), dimmed by cloud as Kasten and Czeplak (1980)
 * measured. Throws when a normal is missing. The same seed gives the same year.
 */
export function makeWeather(climate: ClimateNormals, site: WeatherSite, seed: number): Weather {
  if (climate.meanMinC.length !== 12 || climate.meanMaxC.length !== 12) {
    throw new Error('weather: climate normals need 12 months')
  }
  const hours = {
    temperatureC: new Float32Array(HOURS),
    irradianceWpm2: new Float32Array(HOURS),
    windMps: new Float32Array(HOURS),
    rainMm: new Float32Array(HOURS),
  }
  const cloudNoise = persistent(seed, STREAM.cloud, HOURS, CLOUD_KEPT)
  const windNoise = persistent(seed, STREAM.wind, HOURS, WIND_KEPT)
  const anomaly = persistent(seed, STREAM.anomaly, DAYS + 1, ANOMALY_KEPT)
  let rainSum = 0
  for (let hour = 0; hour < HOURS; hour++) {
    const day = hour / 24
    const hourOfDay = hour % 24
    const lowC = normalAt(climate.meanMinC, day)
    const highC = normalAt(climate.meanMaxC, day)
    const today = Math.floor(day)
    const driftC = ANOMALY_C * (anomaly[today] * (1 - (day - today)) + anomaly[today + 1] * (day - today))
    // Clouds cover half the sky on average, more in the colder half of the day's anomaly.
    const cloud = Math.min(Math.max(0.5 + 0.45 * cloudNoise[hour], 0), 1)
    const swing = (highC - lowC) * (1.15 - 0.3 * cloud)
    hours.temperatureC[hour] = (lowC + highC) / 2 + (swing / 2) * daily(hourOfDay) + driftC
    const sun = sunHeight(site, day)
    hours.irradianceWpm2[hour] = clearSky(sun) * (1 - 0.75 * pow(cloud, 3.4))
    const wind = WIND_MPS * exp(0.45 * windNoise[hour] - 0.1)
    hours.windMps[hour] = wind * (sun > 0 ? 1.15 : 0.9)
    const rain = cloud > 0.85 ? Math.max(0, randomUnit(seed, STREAM.rain, hour) - 0.5) * (cloud - 0.85) : 0
    hours.rainMm[hour] = rain
    rainSum += rain
  }
  const scale = rainSum > 0 ? climate.rainMmPerYear / rainSum : 0
  for (let hour = 0; hour < HOURS; hour++) hours.rainMm[hour] *= scale
  return { hours }
}

/** A monthly normal at a day of the year, straight between the middles of months. */
function normalAt(normals: readonly number[], day: number): number {
  let month = 0
  let start = 0
  while (month < 11 && day >= start + DAYS_OF_MONTH[month]) start += DAYS_OF_MONTH[month++]
  const place = (day - start) / DAYS_OF_MONTH[month] - 0.5
  const other = (month + (place < 0 ? 11 : 1)) % 12
  return normals[month] * (1 - Math.abs(place)) + normals[other] * Math.abs(place)
}

/** From −1 at the coldest hour to 1 at the warmest. */
function daily(hour: number): number {
  const rise = WARMEST_H - COLDEST_H
  const sinceColdest = (hour - COLDEST_H + 24) % 24
  return sinceColdest <= rise
    ? -cos((PI * sinceColdest) / rise)
    : cos((PI * (sinceColdest - rise)) / (24 - rise))
}

/** Sine of the sun's height; declination by Cooper (1969). */
function sunHeight(site: WeatherSite, day: number): number {
  const declination = ((23.45 * PI) / 180) * sin((2 * PI * (284 + Math.floor(day) + 1)) / DAYS)
  const latitude = (site.latitudeDeg * PI) / 180
  const hourAngle = ((day - Math.floor(day)) * 24 - (site.solarNoonH ?? 12)) * (PI / 12)
  return sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * cos(hourAngle)
}

/** Global horizontal irradiance under a clear sky, W/m²: Haurwitz (1945). */
function clearSky(sunHeight: number): number {
  return sunHeight <= 0 ? 0 : 1098 * sunHeight * exp(-0.057 / sunHeight)
}

/** A stationary series of mean 0 and variance 1, each value keeping a share of the one before. */
function persistent(seed: number, stream: number, count: number, kept: number): Float64Array {
  const series = new Float64Array(count)
  const fresh = Math.sqrt(1 - kept * kept)
  for (let i = 0; i < count; i++) {
    const drawn = normal(seed, stream, i)
    series[i] = i === 0 ? drawn : kept * series[i - 1] + fresh * drawn
  }
  return series
}

/** About normal: the sum of twelve uniform numbers less six. */
function normal(seed: number, stream: number, i: number): number {
  let sum = -6
  for (let k = 0; k < 12; k++) sum += randomUnit(seed, stream, i, k)
  return sum
}
