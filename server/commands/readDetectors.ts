/** Measured speeds to compare a model with: `detectors.csv` (site_id, lat, lon, street, free_flow_kmh) and `speeds.csv` (site_id, day_type, half_hour, mean_speed_kmh). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HALF_HOURS, type DetectorSite } from '../../data/recipes/calibration.ts'

/** The sites of a folder with a usable free-flow speed, and their mean weekday speed by half hour. */
export function readDetectors(folder: string): DetectorSite[] {
  const speeds = new Map<string, Float64Array>()
  for (const row of csv(join(folder, 'speeds.csv'))) {
    if (row.day_type !== 'weekday') continue
    let day = speeds.get(row.site_id)
    if (day === undefined) speeds.set(row.site_id, (day = new Float64Array(HALF_HOURS).fill(NaN)))
    if (row.mean_speed_kmh !== '') day[Number(row.half_hour)] = Number(row.mean_speed_kmh)
  }
  return csv(join(folder, 'detectors.csv')).flatMap((row) => {
    const speedKmh = speeds.get(row.site_id)
    if (speedKmh === undefined || !(Number(row.free_flow_kmh) > 0)) return []
    return [
      {
        id: row.site_id,
        freeFlowKmh: Number(row.free_flow_kmh),
        lng: Number(row.lon),
        lat: Number(row.lat),
        street: row.street,
        speedKmh,
      },
    ]
  })
}

/** Rows of a comma-separated file whose values hold no commas. */
function csv(path: string): Record<string, string>[] {
  const [head, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/)
  const names = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']))
  })
}
