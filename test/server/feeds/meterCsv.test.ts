/** Meter CSV: energy, power or a register by interval; gaps, duplicates and resets. */
import { describe, expect, it, test } from 'vitest'
import { meterCsv } from '../../../server/feeds/formats/meterCsv.ts'
import { expectSurvives, fileOf, readText } from './reading.ts'

const TABLE = `meter_id,start,duration_s,energy_kwh
m1,2026-08-01T00:00:00Z,900,0.25
m1,2026-08-01T00:15:00Z,900,-0.5
m2,2026-08-01T00:00:00Z,900,1
`

describe('energy by interval', () => {
  it('is mean power: a quarter of a kWh in a quarter of an hour is 1 kW, what is fed in is negative', () => {
    const { content, rules } = readText(meterCsv, TABLE)
    expect(content.meters).toEqual({
      meterId: ['m1', 'm1', 'm2'],
      fromMs: Float64Array.of(Date.UTC(2026, 7, 1), Date.UTC(2026, 7, 1, 0, 15), Date.UTC(2026, 7, 1)),
      durationS: Float64Array.of(900, 900, 900),
      powerW: Float64Array.of(1000, -2000, 4000),
    })
    expect(rules).toEqual({})
  })

  it('comes in the order of time whatever the order of rows', () => {
    const [head, ...rows] = TABLE.trim().split('\n')
    const turned = [head, ...rows.reverse()].join('\n')
    const { meters } = readText(meterCsv, turned).content
    expect(meters!.meterId).toEqual(['m2', 'm1', 'm1'])
    expect(meters!.powerW[1]).toBe(1000)
  })

  test.each([
    ['a reading that came before', 'm1,2026-08-01T00:00:00Z,900,9', 'readingTwice'],
    ['one that begins within another', 'm1,2026-08-01T00:20:00Z,900,9', 'intervalsOverlap'],
    ['no duration', 'm1,2026-08-01T01:00:00Z,0,9', 'durationImpossible'],
    ['a negative duration', 'm1,2026-08-01T01:00:00Z,-900,9', 'durationImpossible'],
    ['more than any works take', 'm1,2026-08-01T00:30:00Z,900,1e9', 'powerImpossible'],
    ['a time of 1970', 'm1,1970-01-01T00:00:00Z,900,1', 'timeImpossible'],
    ['no meter', ',2026-08-01T00:30:00Z,900,1', 'idMissing'],
    ['no value', 'm1,2026-08-01T00:30:00Z,900,', 'valueMissing'],
  ])('%s is left out and the rest is read', (_, row, rule) => {
    const { content, rules } = readText(meterCsv, `${TABLE}${row}\n`)
    expect(content.meters!.powerW).toHaveLength(3)
    expect(rules).toEqual({ [rule]: 1 })
  })

  it('a gap is noted and what comes after it is read', () => {
    const { content, rules, deviations } = readText(meterCsv, `${TABLE}m1,2026-08-01T01:00:00Z,900,1\n`)
    expect(content.meters!.powerW).toHaveLength(4)
    expect(rules).toEqual({ gap: 1 })
    expect(deviations.examples()[0]).toMatchObject({ severity: 'warning', where: 'meter m1' })
  })
})

describe('a register', () => {
  const REGISTER = `meter_id,timestamp,register_kwh
m1,2026-08-01T00:00:00Z,100
m1,2026-08-01T01:00:00Z,101
m1,2026-08-01T02:00:00Z,5
m1,2026-08-01T03:00:00Z,7.5
`
  it('gives power from one reading to the next; one that goes back was reset and gives none', () => {
    const { content, rules } = readText(meterCsv, REGISTER)
    expect([...content.meters!.powerW]).toEqual([1000, 2500])
    expect([...content.meters!.durationS]).toEqual([3600, 3600])
    expect(rules).toEqual({ meterReset: 1, gap: 1 })
  })

  it('conserves: what the intervals took is what the register went on by', () => {
    const shown = [10, 10.5, 13, 13, 20.25]
    const rows = shown.map((kwh, hour) => `m,2026-08-01T0${hour}:00:00Z,${kwh}`).join('\n')
    const { powerW, durationS } = readText(meterCsv, `meter_id,timestamp,register_kwh\n${rows}\n`).content
      .meters!
    const takenKwh = powerW.reduce((sum, w, i) => sum + (w * durationS[i]) / 3.6e6, 0)
    expect(takenKwh).toBeCloseTo(10.25, 9)
  })
})

describe('a mapping', () => {
  it('tells columns, units, durations and the time zone', () => {
    const table = `Zähler;Ende;kW\nz;01.08.2026 00:30;1,5\n`
    const settings = {
      columns: { meterId: 'Zähler', time: 'Ende', power: 'kW' },
      delimiter: ';',
      decimal: ',',
      dateOrder: 'dmy',
      timeMeans: 'end',
      timeZone: 'Europe/Vienna',
      powerUnit: 'kW',
      durationS: 1800,
    }
    const { meters } = readText(meterCsv, table, { settings }).content
    expect(meters!.powerW[0]).toBe(1500)
    expect(meters!.fromMs[0]).toBe(Date.parse('2026-08-01T00:00:00+02:00'))
  })

  it('reads durations of ISO 8601', () => {
    const table = 'meter_id,start,duration,energy_wh\nm,2026-08-01T00:00:00Z,PT1H30M,3000\n'
    expect(readText(meterCsv, table).content.meters!.powerW[0]).toBe(2000)
  })

  test.each([
    ['no value column', 'meter_id,start,duration_s\n', /one of energy, power or a register is due/],
    ['no duration', 'meter_id,start,energy_kwh\n', /no duration came/],
    ['other columns', 'a,b\n', /columns a, b came, meter_id and start are due/],
  ])('%s is refused', (_, table, message) => {
    expect(() => readText(meterCsv, table)).toThrow(message)
  })
})

it('is known by its head', () => {
  expect(meterCsv.isLike(fileOf(TABLE))).toBe(true)
  expect(meterCsv.isLike(fileOf('site_id,date,half_hour,mean_speed_kmh\n'))).toBe(false)
})

it('bytes gone wrong are refused or left out', () => {
  expectSurvives(meterCsv, TABLE)
})
