/** Spanish, of the hour ahead. */
import type { enAhead } from './enAhead.ts'

export const esAhead: Record<keyof typeof enAhead, string> = {
  'ahead.at': '{time}, esperado',
  'ahead.band': '({low} a {high})',
  'ahead.bandHeld': '{share} en banda ({n})',
  'ahead.banner': 'El pronóstico para las {time} se lee abajo. El mapa muestra el presente.',
  'ahead.bars': 'Error medio: cuanto más corto, mejor. Entre paréntesis: cuántos se evaluaron.',
  'ahead.describe': 'En el pronóstico, al final: {median}, entre {low} y {high} cuatro de cada cinco veces.',
  'ahead.fetching': 'Trayéndolo …',
  'ahead.firstScores': 'Aún no hay nada evaluado. Las primeras notas llegan a las {time}.',
  'ahead.making': 'Se está haciendo el primer pronóstico.',
  'ahead.mapOrigin': 'hecho a las {made}, la corrida más cercana al medio de {members}',
  'ahead.mapShows': 'Pronóstico para las {time}',
  'ahead.none': 'Aún no hay pronóstico; el primero empieza medio minuto después del arranque.',
  'ahead.origin': 'Pronóstico hecho a las {time}, hace {age}, con {members} corridas del gemelo',
  'ahead.persistence': 'como ahora',
  'ahead.scored.one': '{n} pronóstico evaluado desde {since}.',
  'ahead.scored.other': '{n} pronósticos evaluados desde {since}.',
  'ahead.scores': '¿Qué tan buenos son los pronósticos?',
  'ahead.scoresTitle': 'Los pronósticos y lo que vino',
  'ahead.scoresWhat':
    'Cada pronóstico se guarda y se compara con lo que vino. «Como ahora» es el error de decir que nada cambiará. La banda debe acertar el 80 % de las veces.',
  'ahead.showOnMap': 'Mostrarlo en el mapa',
  'ahead.title': 'Pronóstico',
  'ahead.valuetext': '{time}, pronóstico, dentro de {age}',
  'ahead.wall': 'Punteado: pronóstico de las {time}, {members} corridas.',
  'ahead.what': 'Indicador',
  'ahead.word': 'pronóstico',
}
