/** Edits as the ends of chains: when each begins, where it is, and what of the city it sets. */
import type { City } from '../../city.ts'
import { buildCity } from '../build.ts'
import { resolveEdits, type ScenarioEdit } from '../edits.ts'
import { rowKindOf, type Setting } from '../setting.ts'
import type { CauseStep, StepPlaces } from './step.ts'

/** The table whose rows a setting names; of the whole city there is none. */
const tableOf: Readonly<Record<ReturnType<typeof rowKindOf>, string | undefined>> = {
  city: undefined,
  link: 'traffic.links',
  signal: 'traffic.signals',
  zone: 'zones',
  route: 'transit.routes',
  stop: 'transit.stops',
  transformer: 'power.transformers',
  bus: 'power.buses',
  breaker: 'power.breakers',
  substation: 'power.substations',
}

export interface EditFound {
  readonly edit: ScenarioEdit
  readonly step: CauseStep
  readonly settings: readonly Setting[]
  /** Links that it had built otherwise. */
  readonly built: readonly number[]
}

/** The edits that are made in `city`, each with its step. */
export function editSteps(edits: readonly ScenarioEdit[], city: City): EditFound[] {
  const { edits: left, refused } = buildCity(edits, city)
  const isRefused = new Set(refused.map(({ edit }) => edit.id))
  return edits.flatMap((edit) => {
    if (edit.isOff === true || isRefused.has(edit.id)) return []
    const built = left.includes(edit) ? [] : (edit as { readonly links: readonly number[] }).links
    const { settings } = built.length > 0 ? { settings: [] } : resolveEdits([edit], city)
    if (settings.length === 0 && built.length === 0) return []
    const places = placesOf(settings, built)
    const step: CauseStep = {
      id: `edit:${edit.id}`,
      kind: 'edit',
      edit: edit.id,
      count: places.reduce((sum, { rows }) => sum + rows.length, 0),
      places: places.map(({ table, rows }) => ({ table, rows: rows.slice(0, 120) })),
      atS: edit.fromS ?? 0,
      from: [],
    }
    return [{ edit, step, settings, built }]
  })
}

function placesOf(settings: readonly Setting[], built: readonly number[]): StepPlaces[] {
  const byTable = new Map<string, Set<number>>()
  const add = (table: string, row: number) => byTable.set(table, (byTable.get(table) ?? new Set()).add(row))
  for (const link of built) add('traffic.links', link)
  for (const { target, row } of settings) {
    const table = tableOf[rowKindOf(target)]
    if (table !== undefined) add(table, row)
  }
  return [...byTable].map(([table, rows]) => ({ table, rows: [...rows] }))
}
