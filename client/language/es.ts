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
}
