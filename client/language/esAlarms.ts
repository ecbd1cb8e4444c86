/** Spanish, of what the catalogue of alarms (`twin/alarms/catalogue.ts`) says in English, by kind. */
export const esAlarms = {
  substationOut: {
    cause: 'Una subestación está fuera de servicio.',
    consequence: 'Todos sus clientes están sin electricidad; los semáforos que alimenta están apagados.',
    action: 'Reponerla, o alimentar sus salidas desde las vecinas; enviar inspectores a los peores cruces.',
  },
  feederOut: {
    cause: 'Un interruptor de este alimentador está abierto.',
    consequence: 'Los clientes aguas abajo están sin electricidad; sus semáforos, apagados.',
    action: 'Encontrar la falla, aislarla, cerrar el interruptor.',
  },
  substationOverloaded: {
    cause: 'Una subestación lleva más que su potencia nominal.',
    consequence:
      'Sus transformadores envejecen rápido y van a disparar, con todos los clientes que alimentan.',
    action: 'Pasar alimentadores a subestaciones vecinas, o pedir menos consumo.',
  },
  feederOverloaded: {
    cause: 'Un tramo de este alimentador lleva más que su corriente nominal.',
    consequence: 'La línea se recalienta; su interruptor va a disparar, con todos los clientes aguas abajo.',
    action: 'Pasar carga a un alimentador vecino, o pedir a los cargadores que esperen.',
  },
  voltageLow: {
    cause: 'En su extremo este alimentador está por debajo del 90 % de su tensión.',
    consequence: 'Los aparatos funcionan mal y pueden fallar; se incumple el límite de EN 50160.',
    action: 'Subir el regulador, o acortar el alimentador con una maniobra.',
  },
  signalsDark: {
    cause: 'Un semáforo no muestra nada.',
    consequence: 'Se avanza por turnos; el cruce deja pasar menos, y quien va a pie corre riesgo.',
    action: 'Enviar un inspector o un generador, primero a los cruces con más tránsito.',
  },
  streetQueued: {
    cause: 'Las colas largas de una avenida suman más de 600 metros.',
    consequence: 'Se bloquean los cruces de atrás; ómnibus y ambulancias se atrasan.',
    action: 'Buscar la causa en su cabeza; cambiar el plan de semáforos o desviar el tránsito.',
  },
  lineLate: {
    cause: 'Los ómnibus de una línea llevan en promedio quince minutos de atraso.',
    consequence: 'Huecos y grupos; se espera mucho más de lo que dice el horario.',
    action: 'Retener ómnibus para igualar los huecos, acortar algunos viajes o enviar un refuerzo.',
  },
  requestsMany: {
    cause: 'Llegaron muchos más reclamos que lo habitual de un servicio en una hora.',
    consequence: 'Pasó algo que mucha gente ve; las cuadrillas se van a atrasar.',
    action: 'Buscar qué tienen en común, contestarlos juntos, llamar a una cuadrilla.',
  },
}
