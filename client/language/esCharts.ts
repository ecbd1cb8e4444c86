/** Spanish, of the drawings. */
import type { enCharts } from './enCharts.ts'

export const esCharts: Record<keyof typeof enCharts, string> = {
  'delays.class': '{from} a {to} min de atraso: {count}',
  'delays.limit': 'en hora hasta {limit}',
  'delays.note':
    'Ómnibus según su atraso respecto del horario, minutos; las clases extremas incluyen lo que queda más allá. Simulado.',
  'delays.ofLine': 'Atrasos en esta línea ahora',
  'delays.summary': '{all}, {share} con más de {limit} de atraso',
  'delays.title': 'Atrasos de los ómnibus ahora',
  'energy.charging': 'Carga de autos',
  'energy.commercial': 'Comercios',
  'energy.fedBack': 'A la red',
  'energy.grid': 'De la red',
  'energy.industrial': 'Industria',
  'energy.losses': 'Pérdidas',
  'energy.network': 'Red de la ciudad',
  'energy.note':
    'Edificios repartidos por tipo con las curvas de carga del modelo; lo público incluye el alumbrado. Al señalar se ilumina por dónde entra o se va la mitad. Simulado.',
  'energy.public': 'Público',
  'energy.residential': 'Hogares',
  'energy.solar': 'Solar en techos',
  'energy.summary': '{supplied} suministrados, {solar} del sol',
  'energy.title': 'Electricidad: de las fuentes a los usos',
  now: 'ahora',
  'power.busbar': 'Barra de la subestación',
  'power.busbarNote':
    'Cuadrado: interruptor, hueco si está abierto. Elija un alimentador para ver su diagrama.',
  'power.busbarTitle': 'Barra y alimentadores',
  'power.diagram': 'Diagrama unifilar',
  'power.diagramDark': '{dark} de {n} transformadores sin energía',
  'power.diagramNote':
    'Barra: subestación. Cuadrado: interruptor, hueco si está abierto. Disco: transformador, según su carga; hueco sin energía.',
  'power.diagramSummary': '{n} transformadores, líneas al {loading} como máximo',
  'power.feeders': '{n} alimentadores',
  'power.head': 'Cabecera del alimentador',
  'power.junction': 'Derivación',
  'power.ofRating': '{ratio} de {rating}',
  'power.profile': 'Tensión a lo largo del recorrido',
  'power.profileNote':
    'Según la distancia por los cables; líneas discontinuas: la banda de 1 pu ± 5 %. Simulado.',
  'power.transformers': '{n} transformadores',
  'power.voltages': '{low} a {high} pu',
  'speeds.class': '{from} a {to} de la velocidad de una calle libre: {count}',
  'speeds.note':
    'Vehículos en avenidas según la velocidad de su calle, parte de la de una calle libre a esta hora. Simulado.',
  'speeds.summary': '{all} en avenidas, {share} de ellos por debajo del 40 %',
  'speeds.title': 'Velocidades en avenidas ahora',
  'transit.gaps': '{n} ómnibus, cada {least} a {most}; previsto {planned}',
  'transit.notUnderWay': 'no está en camino',
  'transit.strings': 'La línea, parada por parada',
  'transit.stringsNote': 'Fino: horario. Grueso: recorrido, conocido desde {since}; simulado.',
  'transit.trip': 'Viaje de las {start}: {state}',
  'transit.tripOther': 'Viaje de las {start} a {headsign}: {state}',
  'transit.underWay': '{n} ómnibus en camino',
}
