/** A year of hourly weather, as `weather.bin.gz` holds it: 8,760 rows from 1 January 00:00 local time. Static. */
import type { FileTables } from '../kernel/columnsFile.ts'

export const weatherSchema = {
  hours: {
    temperatureC: { quantum: 0.1 },
    irradianceWpm2: { quantum: 1 }, // global horizontal
    windMps: { quantum: 0.1 },
    rainMm: { quantum: 0.1 },
  },
} as const

export type Weather = FileTables<typeof weatherSchema>
