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
  'now.darkSignals.one': '{n} semáforo está apagado: ceda el paso y avance por turnos.',
  'now.darkSignals.other': '{n} semáforos están apagados: ceda el paso y avance por turnos.',
  'now.traffic.free': 'El tránsito fluye: las avenidas van al {ratio} de su velocidad libre.',
  'now.traffic.dense': 'El tránsito está cargado: las avenidas van al {ratio} de su velocidad libre.',
  'now.traffic.slow': 'El tránsito está lento: las avenidas van al {ratio} de su velocidad libre.',
  'now.traffic.freeStreet':
    'El tránsito fluye, al {ratio} de la velocidad libre; lo más lento: {street}, a {speed}.',
  'now.traffic.denseStreet':
    'El tránsito está cargado, al {ratio} de la velocidad libre; lo más lento: {street}, a {speed}.',
  'now.traffic.slowStreet':
    'El tránsito está lento, al {ratio} de la velocidad libre; lo peor: {street}, a {speed}.',
  'now.out.one': 'Hay {n} cliente sin electricidad.',
  'now.out.other': 'Hay {n} clientes sin electricidad.',
  'now.overload': 'Una línea eléctrica lleva el {ratio} de su capacidad.',
  'now.powerOn': 'Hay electricidad en toda la ciudad, que consume {load}.',
  'now.noBuses': 'A esta hora no circulan ómnibus.',
  'now.buses.late': 'Los ómnibus llevan {delay} de atraso medio; el {ratio} de {buses} llega en hora.',
  'now.buses.onTime': 'Los ómnibus cumplen: el {ratio} de {buses} llega en hora.',
  'now.reports.one': 'Hay {n} reclamo abierto; en la última hora entraron {hour}.',
  'now.reports.other': 'Hay {n} reclamos abiertos; en la última hora entraron {hour}.',
}
