/** Spanish, of the faces and the shell. */
import type { en } from './en.ts'

export const es: Record<keyof typeof en, string> = {
  'app.name': 'Citytwin',
  'unit.vehicles': 'vehículos',
  'unit.links': 'tramos',
  'unit.signals': 'semáforos',
  'unit.customers': 'clientes',
  'unit.buses': 'ómnibus',
  'unit.requests': 'reclamos',
  'chart.empty': '{title}: todavía sin valores. Se juntan mientras la página está abierta.',
  'chart.yesterday': 'ayer',
  'chart.limit': 'límite {value}',
  'chart.describe': 'Último {last}; entre {min} y {max}.',
  'chart.describeLimit': 'El límite es {value}.',
  'chart.describeYesterday': 'A la misma hora de ayer, entre {min} y {max}.',
}
