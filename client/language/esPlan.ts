/** Spanish, of scenarios: what a planner edits. */
import type { enPlan } from './enPlan.ts'

export const esPlan: Record<keyof typeof enPlan, string> = {
  'edit.changeDemand': 'Viajes en auto al {percent} de lo normal',
  'edit.closeStreet': 'Cortar {thing}',
  'edit.closeStreetBoth': 'Cortar {thing}, ambos sentidos',
  'edit.closeStreetHere': 'Cortar {thing}, este sentido',
  'edit.openBreaker': 'Abrir {thing}',
  'edit.substationOut': 'Sacar de servicio {thing}',
  'field.factor': 'Viajes, por',
  'field.fromS': 'Desde, minutos tras el comienzo',
  'field.note': 'Nota',
  'field.untilS': 'Hasta, minutos tras el comienzo (vacío: hasta el final)',
  'list.add': 'Agregar un cambio …',
  'list.change': 'Modificar: {edit}',
  'list.down': 'Después: {edit}',
  'list.for': '{from} a {until}',
  'list.from': 'desde {from}',
  'list.isOn': 'Vigente: {edit}',
  'list.until': 'hasta {until}',
  'list.up': 'Antes: {edit}',
}
