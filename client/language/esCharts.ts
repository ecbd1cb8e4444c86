/** Spanish, of the drawings. */
import type { enCharts } from './enCharts.ts'

export const esCharts: Record<keyof typeof enCharts, string> = {
  now: 'ahora',
  'power.busbar': 'Barra de la subestación',
  'power.busbarNote':
    'Cuadrado: interruptor, hueco si está abierto. Elija un alimentador para ver su diagrama.',
  'power.busbarTitle': 'Barra y alimentadores',
  'power.diagram': 'Diagrama unifilar',
  'power.diagramDark': '{dark} de {n} transformadores sin energía; líneas cargadas como máximo al {loading}',
  'power.diagramNote':
    'Barra: subestación. Cuadrado: interruptor, hueco si está abierto. Disco: transformador, según su carga; hueco sin energía.',
  'power.diagramSummary': '{n} transformadores, líneas cargadas como máximo al {loading}',
  'power.feeders': '{n} alimentadores',
  'power.head': 'Cabecera del alimentador',
  'power.junction': 'Derivación',
  'power.ofRating': '{ratio} de {rating}',
  'power.profile': 'Tensión a lo largo del recorrido',
  'power.profileNote':
    'Según la distancia por los cables; líneas discontinuas: la banda de 1 pu ± 5 %. Simulado.',
  'power.transformers': '{n} transformadores',
  'power.voltages': '{low} a {high} pu',
  'transit.gaps': '{n} ómnibus en camino, con {least} a {most} entre ellos; previsto {planned}',
  'transit.notUnderWay': 'no está en camino',
  'transit.strings': 'La línea, parada por parada',
  'transit.stringsNote': 'Fino: horario. Grueso: recorrido, conocido desde {since}; simulado.',
  'transit.trip': 'Viaje de las {start}: {state}',
  'transit.tripOther': 'Viaje de las {start} a {headsign}: {state}',
  'transit.underWay': '{n} ómnibus en camino',
}
