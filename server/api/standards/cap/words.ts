/** What alarms are called in an alert to others, in the languages it is written in; `{thing}` is what it is of, `{n}` how many. */
import type { AlarmKindId } from '../../../../twin/alarms/catalogue.ts'

export const languages = ['en', 'es'] as const
export type Language = (typeof languages)[number]

interface Words {
  readonly event: string
  readonly one: string
  readonly many: string
}

const words: Readonly<Record<Language, Readonly<Record<AlarmKindId, Words>>>> = {
  en: {
    substationOut: { event: 'Power outage', one: '{thing} is out', many: '{n} substations are out' },
    feederOut: { event: 'Power outage', one: '{thing} is out', many: '{n} feeders are out' },
    substationOverloaded: {
      event: 'Substation overloaded',
      one: '{thing} is overloaded',
      many: '{n} substations are overloaded',
    },
    feederOverloaded: {
      event: 'Feeder overloaded',
      one: '{thing} is overloaded',
      many: '{n} feeders are overloaded',
    },
    voltageLow: {
      event: 'Low voltage',
      one: '{thing}: voltage is low',
      many: 'Voltage is low on {n} feeders',
    },
    signalsDark: { event: 'Traffic signals dark', one: 'A signal is dark', many: '{n} signals are dark' },
    streetQueued: {
      event: 'Traffic congestion',
      one: '{thing} is queued up',
      many: '{n} streets are queued up',
    },
    lineLate: { event: 'Buses delayed', one: 'Line {thing} runs late', many: '{n} bus lines run late' },
    requestsMany: {
      event: 'Many reports',
      one: 'Many reports: {thing}',
      many: 'Many reports of {n} kinds',
    },
  },
  es: {
    substationOut: {
      event: 'Corte de energía',
      one: '{thing} fuera de servicio',
      many: '{n} subestaciones fuera de servicio',
    },
    feederOut: {
      event: 'Corte de energía',
      one: '{thing} sin tensión',
      many: '{n} alimentadores sin tensión',
    },
    substationOverloaded: {
      event: 'Subestación sobrecargada',
      one: '{thing} sobrecargada',
      many: '{n} subestaciones sobrecargadas',
    },
    feederOverloaded: {
      event: 'Alimentador sobrecargado',
      one: '{thing} sobrecargado',
      many: '{n} alimentadores sobrecargados',
    },
    voltageLow: {
      event: 'Tensión baja',
      one: '{thing}: tensión baja',
      many: 'Tensión baja en {n} alimentadores',
    },
    signalsDark: { event: 'Semáforos apagados', one: 'Un semáforo apagado', many: '{n} semáforos apagados' },
    streetQueued: { event: 'Congestión', one: '{thing} con colas', many: '{n} calles con colas' },
    lineLate: {
      event: 'Ómnibus con atraso',
      one: 'Línea {thing} con atraso',
      many: '{n} líneas de ómnibus con atraso',
    },
    requestsMany: {
      event: 'Muchos reclamos',
      one: 'Muchos reclamos: {thing}',
      many: 'Muchos reclamos de {n} tipos',
    },
  },
}

export function eventOf(kind: AlarmKindId, language: Language): string {
  return words[language][kind].event
}

export function headlineOf(kind: AlarmKindId, thing: string, count: number, language: Language): string {
  const { one, many } = words[language][kind]
  return count > 1 ? many.replace('{n}', String(count)) : one.replace('{thing}', () => thing)
}
