/** Who may lead an incident, take part in it or own a report: roles at public bodies and companies, never people. */

/** The owners of alarms first (`twin/alarms/catalogue.ts`), then who is called to help. */
export const agencies = [
  'gridControl',
  'trafficControl',
  'busControl',
  'cityServices',
  'police',
  'fireBrigade',
  'ambulance',
  'waterCompany',
] as const
export type Agency = (typeof agencies)[number]
