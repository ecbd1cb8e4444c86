/** Who wants to know of each act of a coupling: told as it acts. No state of the twin, and nothing that it does follows from it. */

export const couplingIds = [
  'darkSignals',
  'outageReports',
  'darkSignalReports',
  'queueReports',
  'arrivalsCharge',
  'congestionDelaysBuses',
] as const
export type CouplingId = (typeof couplingIds)[number]

export interface CouplingWatch {
  /**
   * A coupling has acted on a row, by so much: a signal gone dark (1) or come back (−1); calls expected about a transformer, a
   * signal, a link; cars that end their trip in a zone; seconds that a trip by bus has fallen behind, or caught up (negative).
   */
  acted(coupling: CouplingId, row: number, amount: number): void
}
