/** Spanish, of response plans. */
import type { enResponse } from './enResponse.ts'

export const esResponse: Readonly<Record<keyof typeof enResponse, string>> = {
  'measure.busDelayS': '{n} s de atraso de buses',
  'measure.customerMinutesOut': '{n} cliente-min',
  'measure.vehicleHours': '{n} vehículo-h',
  'plan.all': 'Todo esto junto',
  'plan.buses': 'Los buses evitan las calles a oscuras o cortadas',
  'plan.hold': 'Los buses muy cerca del de adelante esperan en paradas de regulación',
  'plan.lanes': 'Carriles de bus donde la línea es más lenta',
  'plan.nothing': 'No hacer nada',
  'plan.signals': 'Verdes largos en el desvío',
  'plan.ties': 'Unir cada alimentador que tenga un vecino con capacidad',
  'plan.tiesLargest': 'Unir los tres alimentadores más grandes',
  'plan.tiesShed': 'Los edificios prescinden del 10 %, para poder unir más alimentadores',
  'response.acts': '{n} acciones',
  'response.best': 'el mejor hasta ahora',
  'response.failed': 'No se pudieron correr los planes: {why}',
  'response.find': 'Buscar y ordenar planes',
  'response.interval': '80 %: {low} a {high}',
  'response.none': 'No se encontró más plan que no hacer nada.',
  'response.open': 'Abrir en el planificador',
  'response.queued': 'Se corren los de otros; siguen los suyos.',
  'response.ran':
    'Media hora de cada uno, {members} veces con otros dados, contra no hacer nada. Fuera del intervalo: errores del modelo y de sus datos.',
  'response.running': 'Se corren planes como bifurcaciones de la ciudad: {percent}',
  'response.stop': 'Detener',
  'response.stopped': 'Detenido; ordenado según lo corrido.',
  'response.title': 'Qué se podría hacer',
  'response.try': 'Probar este plan',
  'response.unclear': 'sin cambio claro',
  'response.waits': 'sin correr aún',
}
