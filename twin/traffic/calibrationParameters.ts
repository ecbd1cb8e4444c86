/** The numbers of the traffic model that belong to a city: at most twelve are fitted, the saturation headway is HCM's and `truckShare` assumed; everything else is fixed by geometry, a cited source or an assumption. */

export const parameterDefaults = {
  /** Vehicle trips a resident makes on a weekday (assumed; fitted where there are detectors). */
  tripsPerResident: 0.75,
  /** Share of these trips that lead from home to work or back (assumed, typical of household surveys). */
  commuteShare: 0.36,
  /** Hour of the day at which most leave for work, and the standard deviation about it, hours. */
  morningPeakH: 8,
  morningWidthH: 0.9,
  /** Hour at which most leave work, and the standard deviation, hours. */
  eveningPeakH: 17.4,
  eveningWidthH: 1.1,
  /** Distance over which the readiness to travel falls to 1/e, metres (assumed). */
  gravityDecayM: 4500,
  /** Seconds between vehicles leaving a queue in one lane at 50 km/h: 3600 / 1900 pc/h, HCM base saturation flow. */
  saturationHeadwayS: 1.9,
  /** Free speed driven over the posted limit. */
  freeSpeedFactor: 0.9,
  /** Seconds lost at each junction beyond queues and signals: junction interior, braking, turning (1.5 s fitted to a micro model). */
  linkDelayS: 0.8,
  /** Share of drivers who route by live travel times (assumed). */
  informedShare: 0.4,
  /** Gaps drivers accept over those of the HCM; below 1 where driving is brisk. */
  gapFactor: 0.8,
  /** Driving time that street life adds at its height (see `streetLife.ts`), as a share of the free time; 0 where nothing was measured. */
  sideFriction: 0,
  /** Share of trips made by trucks (assumed, not fitted). */
  truckShare: 0.05,
} as const

export type TrafficParameters = { readonly [K in keyof typeof parameterDefaults]: number }

/** The city's parameters over the defaults; throws, naming it, when one is not a positive number. */
export function trafficParameters(given: Readonly<Record<string, number>>): TrafficParameters {
  const parameters: Record<string, number> = { ...parameterDefaults }
  for (const name of Object.keys(parameterDefaults)) {
    const value = given[name]
    if (value === undefined) continue
    if (!(value >= 0 && value < 1e6))
      throw new Error(`parameters: ${name} is ${value}, expected a number ≥ 0`)
    parameters[name] = value
  }
  return parameters as TrafficParameters
}
