/** The districts of a city by name: its zones; those that share a name, or have none, are told apart by number. */
import type { City } from '../../../../twin/city.ts'
import { sayDraw } from '../../../language/drawWords.ts'

export interface District {
  readonly zone: number
  readonly name: string
}

export function districtNames({ zones: { zones } }: City): District[] {
  const count = new Map<string, number>()
  for (const name of zones.name) count.set(name, (count.get(name) ?? 0) + 1)
  return zones.name
    .map((name, zone) => ({ zone, name: nameOf(name, zone, count.get(name) ?? 0) }))
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
}

export function districtName({ zones: { zones } }: City, zone: number): string {
  return zones.name[zone] || sayDraw('draw.zone', { zone })
}

function nameOf(name: string, zone: number, count: number): string {
  if (name === '') return sayDraw('draw.zone', { zone })
  return count > 1 ? `${name} (${zone})` : name
}
