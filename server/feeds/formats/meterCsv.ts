/**
 * What meters took, as CSV: energy or mean power by interval, or what the register showed. Without settings the columns are
 * `meter_id, start`, `duration_s` (or `duration`, ISO 8601) and one of `energy_kwh`, `energy_wh`, `power_kw`, `power_w`,
 * `register_kwh`; other tables by a mapping.
 */
import * as v from 'valibot'
import { cellsOf, columnName, csvEntries, headNames, parseCsv, timeReader, type Csv } from '../csv.ts'
import type { Deviations } from '../deviations.ts'
import { FeedError, type FeedFile, type FeedFormat } from '../format.ts'
import { MeterColumns } from '../meterColumns.ts'
import { isDuration, isTime, numberOf, tellTime } from '../plausible.ts'
import { settingsOf } from '../settings.ts'

const name = v.optional(columnName)

const settingsSchema = v.strictObject({
  ...csvEntries,
  columns: v.optional(
    v.strictObject({
      meterId: columnName,
      time: columnName,
      duration: name,
      energy: name,
      power: name,
      register: name,
    }),
  ),
  durationUnit: v.optional(v.picklist(['s', 'min', 'h', 'iso']), 's'),
  /** Where no column says it. */
  durationS: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
  energyUnit: v.optional(v.picklist(['Wh', 'kWh', 'MWh']), 'kWh'),
  powerUnit: v.optional(v.picklist(['W', 'kW']), 'W'),
})
type Settings = v.InferOutput<typeof settingsSchema>
type Mapped = Settings & { readonly columns: NonNullable<Settings['columns']> }

const JOULE_PER = { Wh: 3600, kWh: 3.6e6, MWh: 3.6e9 }
const WATT_PER = { W: 1, kW: 1000 }
const SECONDS_PER = { s: 1, min: 60, h: 3600 }

/** What a column of a known name is, and how it is written. */
const METER_NAMES = ['meter_id', 'meter', 'meterid']
const TIME_NAMES = ['start', 'start_time', 'begin', 'timestamp', 'time']
const DURATION_UNITS = { duration_s: 's', duration_min: 'min', duration_h: 'h', duration: 'iso' } as const
const ENERGY_UNITS = {
  energy_kwh: 'kWh',
  kwh: 'kWh',
  energy_wh: 'Wh',
  wh: 'Wh',
  register_kwh: 'kWh',
} as const
const POWER_UNITS = { power_w: 'W', power_kw: 'kW' } as const

export const meterCsv: FeedFormat = {
  title: 'Meter CSV',
  id: 'meterCsv',
  isLike(file) {
    const names = headNames(file)
    const has = (pattern: RegExp) => names.some((name) => pattern.test(name))
    return has(/^meter(_?id)?$|^mpan$|^mpxn$/) && has(/wh$|^power|^energy|register/)
  },
  read(file, options, deviations) {
    const settings = settingsOf(settingsSchema, options.settings)
    const csv = parseCsv(file, settings.delimiter, deviations)
    const mapped = mappedTo(csv, settings, file)
    const timeOf = timeReader(mapped, options)
    const rows = new MeterColumns(options.nowMs, deviations)
    if (mapped.columns.register === undefined) readIntervals(csv, mapped, timeOf, rows, deviations)
    else readRegisters(csv, mapped, timeOf, options.nowMs, rows, deviations)
    return { madeMs: NaN, meters: rows.columns() }
  },
}

/** The owner's mapping, else one by known names; throws FeedError when something due is not there. */
function mappedTo(csv: Csv, settings: Settings, file: FeedFile): Mapped {
  const mapped =
    settings.columns === undefined ? byKnownNames(csv, settings) : { ...settings, columns: settings.columns }
  const came = [...csv.columns.keys()].join(', ')
  if (mapped === undefined)
    throw new FeedError(`${file.name}: columns ${came} came, meter_id and start are due, or settings.columns`)
  for (const column of Object.values(mapped.columns))
    if (column !== undefined && !csv.columns.has(column))
      throw new FeedError(`${file.name}: no column ${column} came, ${came} did`)
  const { duration, energy, power, register } = mapped.columns
  if (energy === undefined && power === undefined && register === undefined)
    throw new FeedError(`${file.name}: columns ${came} came, one of energy, power or a register is due`)
  if (register === undefined && duration === undefined && mapped.durationS === undefined)
    throw new FeedError(`${file.name}: no duration came, a column of it or settings.durationS is due`)
  return mapped
}

function byKnownNames(csv: Csv, settings: Settings): Mapped | undefined {
  const named = new Map([...csv.columns.keys()].map((column) => [column.toLowerCase(), column]))
  const first = <Name extends string>(names: readonly Name[]) => names.find((name) => named.has(name))
  const keys = <Name extends string>(units: Readonly<Record<Name, string>>) => Object.keys(units) as Name[]
  const [meter, time] = [first(METER_NAMES), first(TIME_NAMES)]
  if (meter === undefined || time === undefined) return undefined
  const duration = first(keys(DURATION_UNITS))
  const energy = first(keys(ENERGY_UNITS))
  const power = energy === undefined ? first(keys(POWER_UNITS)) : undefined
  const isRegister = energy === 'register_kwh'
  const column = (name: string | undefined) => (name === undefined ? undefined : named.get(name))
  return {
    ...settings,
    ...(duration !== undefined && { durationUnit: DURATION_UNITS[duration] }),
    ...(energy !== undefined && { energyUnit: ENERGY_UNITS[energy] }),
    ...(power !== undefined && { powerUnit: POWER_UNITS[power] }),
    columns: {
      meterId: named.get(meter)!,
      time: named.get(time)!,
      duration: column(duration),
      energy: isRegister ? undefined : column(energy),
      power: column(power),
      register: isRegister ? column(energy) : undefined,
    },
  }
}

function readIntervals(
  csv: Csv,
  settings: Mapped,
  timeOf: (cell: string) => number,
  rows: MeterColumns,
  deviations: Deviations,
): void {
  const { columns, durationUnit, timeMeans } = settings
  const { textAt, numberAt } = cellsOf(csv, settings, deviations)
  for (const row of csv.rows) {
    const written = textAt(row, columns.duration)
    const durationS =
      columns.duration === undefined
        ? settings.durationS!
        : durationUnit === 'iso'
          ? isoDurationS(written)
          : numberAt(row, columns.duration) * SECONDS_PER[durationUnit]
    const timeMs = timeOf(textAt(row, columns.time))
    const powerW =
      columns.energy === undefined
        ? numberAt(row, columns.power) * WATT_PER[settings.powerUnit]
        : (numberAt(row, columns.energy) * JOULE_PER[settings.energyUnit]) / durationS
    if (Number.isNaN(powerW) && isDuration(durationS)) {
      deviations.add('valueMissing', 'warning', row.where, '', 'energy or power')
      continue
    }
    const fromMs = timeMeans === 'end' ? timeMs - durationS * 1000 : timeMs
    rows.add(row.where, textAt(row, columns.meterId), { fromMs, durationS, powerW })
  }
}

/** Power from one reading of the register to the next; one that goes back was reset or changed, and tells nothing until the next. */
function readRegisters(
  csv: Csv,
  settings: Mapped,
  timeOf: (cell: string) => number,
  nowMs: number,
  rows: MeterColumns,
  deviations: Deviations,
): void {
  const { columns, energyUnit } = settings
  const { textAt, numberAt } = cellsOf(csv, settings, deviations)
  const readingsOf = new Map<string, { where: string; timeMs: number; energyJ: number }[]>()
  for (const row of csv.rows) {
    const timeMs = timeOf(textAt(row, columns.time))
    const energyJ = numberAt(row, columns.register) * JOULE_PER[energyUnit]
    const reading = { where: row.where, timeMs, energyJ }
    const meterId = textAt(row, columns.meterId)
    if (!isTime(timeMs, nowMs))
      deviations.add('timeImpossible', 'error', row.where, tellTime(timeMs), 'a time within ten years of now')
    else if (Number.isNaN(energyJ))
      deviations.add('valueMissing', 'warning', row.where, '', 'a register reading')
    else if (readingsOf.has(meterId)) readingsOf.get(meterId)!.push(reading)
    else readingsOf.set(meterId, [reading])
  }
  for (const [meterId, readings] of readingsOf) {
    readings.sort((a, b) => a.timeMs - b.timeMs)
    for (let i = 1; i < readings.length; i++) {
      const [last, next] = [readings[i - 1], readings[i]]
      const takenJ = next.energyJ - last.energyJ
      const durationS = (next.timeMs - last.timeMs) / 1000
      if (durationS === 0)
        deviations.add(
          'readingTwice',
          'error',
          next.where,
          tellTime(next.timeMs),
          'one reading of a meter and time',
        )
      else if (takenJ < 0)
        deviations.add(
          'meterReset',
          'warning',
          next.where,
          `${takenJ / JOULE_PER.kWh} kWh`,
          'a register that does not go back',
        )
      else rows.add(next.where, meterId, { fromMs: last.timeMs, durationS, powerW: takenJ / durationS })
    }
  }
}

/** Of ISO 8601, up to days, or as seconds; NaN when it is neither. */
function isoDurationS(text: string): number {
  const match = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/.exec(text)
  if (match === null || text.length < 3) return numberOf(text)
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0))
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
}
