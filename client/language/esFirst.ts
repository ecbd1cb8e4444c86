/** Spanish, of the public face's first view: what is said before the rest of the words is here. */
import type { enFirst } from './enFirst.ts'

export const esFirst: Record<keyof typeof enFirst, string> = {
  'app.broken': 'No se pudo mostrar {part}: {why}',
  'app.loading': 'La ciudad está en camino.',
  'app.name': 'Citytwin',
  'face.desk': 'Operaciones',
  'face.plan': 'Planificación',
  'face.wall': 'Muro',
  'map.title': 'Mapa',
  'map.waiting': 'El mapa está en camino.',
  'now.buses.late': 'Los ómnibus llevan {delay} de atraso medio; el {ratio} de {buses} llega en hora.',
  'now.buses.onTime': 'Los ómnibus cumplen: el {ratio} de {buses} llega en hora.',
  'now.darkSignals.one': '{n} semáforo está apagado: ceda el paso y avance por turnos.',
  'now.darkSignals.other': '{n} semáforos están apagados: ceda el paso y avance por turnos.',
  'now.failed': 'La ciudad todavía no responde. Se intenta de nuevo.',
  'now.noBuses': 'A esta hora no circulan ómnibus.',
  'now.out.one': 'Hay {n} cliente sin electricidad.',
  'now.out.other': 'Hay {n} clientes sin electricidad.',
  'now.overload': 'Una línea eléctrica lleva el {ratio} de su capacidad.',
  'now.powerOn': 'Hay electricidad en toda la ciudad, que consume {load}.',
  'now.reports.one': 'Hay {n} reclamo abierto; en la última hora entraron {hour}.',
  'now.reports.other': 'Hay {n} reclamos abiertos; en la última hora entraron {hour}.',
  'now.stale': 'Se cortó la conexión; así estaba hace un momento.',
  'now.title': 'Lo que importa ahora',
  'now.traffic.dense': 'El tránsito está cargado: las avenidas van al {ratio} de su velocidad libre.',
  'now.traffic.denseStreets':
    'El tránsito está cargado: lento en {slow} de {count} avenidas, lo peor en {street}, a {speed}.',
  'now.traffic.free': 'El tránsito fluye: las avenidas van al {ratio} de su velocidad libre.',
  'now.traffic.freeStreets':
    'El tránsito fluye; lento en {slow} de {count} avenidas, sobre todo en {street}, a {speed}.',
  'now.traffic.slow': 'El tránsito está lento: las avenidas van al {ratio} de su velocidad libre.',
  'now.traffic.slowStreets':
    'El tránsito está lento en {slow} de {count} avenidas, lo peor en {street}, a {speed}.',
  'now.waiting': 'Mirando la ciudad …',
  'status.simulated': 'simulado',
  'unit.buses': 'ómnibus',
  'unit.customers': 'clientes',
  'unit.links': 'tramos',
  'unit.requests': 'reclamos',
  'unit.signals': 'semáforos',
  'unit.vehicles': 'vehículos',
}
