/** What is answered by response plans: something lost or blocked, or a line that runs late; and the city as it stands with it. */
import type { City } from '../../city.ts'
import type { ScenarioEdit } from '../edits.ts'
import { DARK, type CityNow } from './now.ts'

export type PlannedIncident =
  | { readonly kind: 'substationOut'; readonly substation: number }
  | { readonly kind: 'feederOut'; readonly feeder: number }
  | { readonly kind: 'streetBlocked'; readonly links: readonly number[] }
  | { readonly kind: 'busesLate'; readonly route: number }

/** What makes it happen in a run; undefined of what is not made but is so. */
export function editOfIncident(incident: PlannedIncident): ScenarioEdit | undefined {
  const id = 'incident'
  switch (incident.kind) {
    case 'substationOut':
      return { kind: 'substationOut', id, substation: incident.substation }
    case 'feederOut':
      return { kind: 'feederOut', id, feeder: incident.feeder }
    case 'streetBlocked':
      return { kind: 'closeStreet', id, links: [...incident.links] }
    case 'busesLate':
      return undefined
  }
}

/** Feeders without supply by it. Throws RangeError when it names a row that the city has not. */
export function lostFeeders({ grid }: City, incident: PlannedIncident): number[] {
  if (incident.kind === 'feederOut') return [incident.feeder]
  if (incident.kind !== 'substationOut' || grid === undefined) return []
  return Array.from(grid.feeders.substation, (_, feeder) => feeder).filter(
    (feeder) => grid.feeders.substation[feeder] === incident.substation,
  )
}

/** The city as it stands once these feeders have no supply, whether they have it now or not; `now` is left as it is. */
export function withoutFeeders({ grid }: City, now: CityNow, feeders: readonly number[]): CityNow {
  if (grid === undefined || feeders.length === 0) return now
  const isLost = new Set(feeders)
  const after = {
    ...now,
    feeders: {
      ...now.feeders,
      isEnergized: now.feeders.isEnergized.slice(),
      loadW: now.feeders.loadW.slice(),
      customersOut: now.feeders.customersOut.slice(),
    },
    transformers: { ...now.transformers, isEnergized: now.transformers.isEnergized.slice() },
    signals: { ...now.signals, mode: now.signals.mode.slice() },
  }
  for (const feeder of feeders) {
    after.feeders.isEnergized[feeder] = 0
    after.feeders.loadW[feeder] = 0
    after.feeders.customersOut[feeder] = 0
  }
  const isDark = (transformer: number) => isLost.has(grid.buses.feeder[grid.transformers.bus[transformer]])
  grid.transformers.bus.forEach((bus, row) => {
    if (!isDark(row)) return
    after.transformers.isEnergized[row] = 0
    after.feeders.customersOut[grid.buses.feeder[bus]] += grid.transformers.customers[row]
  })
  grid.signals.transformer.forEach((transformer, signal) => {
    if (transformer < grid.transformers.bus.length && isDark(transformer)) after.signals.mode[signal] = DARK
  })
  return after
}
