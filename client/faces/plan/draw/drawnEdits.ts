/** What an area or a place that was drawn can be edited with, and how each begins. */
import type { LngLat } from '../../../../twin/geo/projection.ts'
import type { NewEdit } from '../../../../twin/scenario/thing.ts'

export const areaKinds = ['lowTrafficArea', 'homesAndJobs', 'rooftopPv', 'demandResponse', 'evShare'] as const
export const placeKinds = ['event', 'fastChargers', 'battery'] as const
export type AreaKind = (typeof areaKinds)[number]
export type PlaceKind = (typeof placeKinds)[number]

/** With numbers to begin with, which the list of edits changes. Three corners at least. */
export function editOfArea(kind: AreaKind, corners: readonly LngLat[]): NewEdit {
  const area = corners.map(([lng, lat]): [number, number] => [lng, lat])
  switch (kind) {
    case 'lowTrafficArea':
      return { kind, area }
    case 'homesAndJobs':
      return { kind, area, residentsAdded: 1000, jobsAdded: 300 }
    case 'rooftopPv':
      return { kind, area, addedW: 5e6 }
    case 'demandResponse':
      return { kind, area, share: 0.1 }
    case 'evShare':
      return { kind, area, share: 0.3 }
  }
}

export function editOfPlace(kind: PlaceKind, [lng, lat]: LngLat): NewEdit {
  const at: [number, number] = [lng, lat]
  switch (kind) {
    case 'event':
      // visitors come by its beginning and leave at its end, seconds after the scenario begins
      return { kind, at, attendance: 20_000, carShare: 0.4, fromS: 5400, untilS: 12_600 }
    case 'fastChargers':
      return { kind, at, powerW: 1e6, ownTransformer: true }
    case 'battery':
      return { kind, at, energyWh: 2e6, powerW: 1e6, ownTransformer: true }
  }
}

export function isAreaKind(kind: string): kind is AreaKind {
  return (areaKinds as readonly string[]).includes(kind)
}
