/** Spanish, of the first answer to a scenario. */
import type { enPreliminary } from './enPreliminary.ts'

export const esPreliminary: Readonly<Record<keyof typeof enPreliminary, string>> = {
  agreed:
    'Cuántas veces acertó: de {edits} cambios probados a las 18:00, su sentido coincidió con las corridas en {agreed} de {of} medidas con un cambio claro ({date}).',
  busesNotJudged: 'De {edits} solo lo que les hace a los autos, no a los buses.',
  demandEdited: 'Quién viaja es lo que dicen los cambios; los demás van adonde iban, en auto como antes.',
  demandHeld: 'Demanda fija: cada uno va adonde iba, en auto como antes; solo cambian los caminos.',
  failed: 'No hay primera respuesta: {why}',
  holds:
    'Tránsito habitual de las {hour}, acomodado en sus mejores caminos. No incluye: colas que crecen y se extienden, buses, reclamos, lo inusual de hoy.',
  in: 'hecha en {s} s',
  making: 'Primera respuesta: en preparación …',
  mark: 'Preliminar',
  notJudged: 'Sin evaluar: {edits}.',
  refused: 'No se puede hacer aquí: {edit}, porque {why}.',
  share: 'Los cambios rigen el {share} % del tiempo; los flujos del mapa son de entonces.',
  title: 'Primera respuesta, preliminar',
  withoutWay: '{n} autos por hora no encuentran camino.',
}
