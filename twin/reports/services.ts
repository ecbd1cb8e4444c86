/** The kinds of problem a resident can report, as `reports.json` holds them, in Open311's words. Static. */

export interface Service {
  /** Open311 service_code. */
  readonly serviceCode: string
  readonly group: string
  readonly name: { readonly en: string; readonly es: string }
  readonly agency: string
  /** Mark on the map. */
  readonly shape: 'circle' | 'square' | 'triangle' | 'diamond' | 'cross'
  /** Reports by chance, per 100,000 residents and day. */
  readonly perDayPer100k: number
  /** Median hours from opened to fixed. */
  readonly medianHours: number
  /** The state of the city that gives cause, when there is one. */
  readonly cause: 'none' | 'outage' | 'darkSignal' | 'queue'
}

export interface Services {
  readonly services: readonly Service[]
}
