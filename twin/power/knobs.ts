/** What may be set of power and of its weather. What is added to a transformer is in its own units, so that edits of one row add up. */
import type { KnobSpecs } from '../kernel/knob.ts'

export const powerKnobs = {
  /** On top of the weather year, °C. From a cold snap to beyond any heatwave on record. */
  temperatureAddedC: { of: 'city', neutral: 0, least: -30, most: 30, joins: 'sum' },
  /** What clouds leave of the weather year's sun. */
  sunFactor: { of: 'city', neutral: 1, least: 0, most: 1, joins: 'product' },
  /** Of a storm, m/s; lines fail by it. Gusts of 80 m/s are those of the worst hurricanes. */
  gustMps: { of: 'city', neutral: 0, least: 1, most: 80, joins: 'last' },
  /** Share of the cars that end a trip in the zone which are electric; at −1 the city's own. */
  evShare: { of: 'zone', neutral: -1, least: 0, most: 1, joins: 'last' },
  /** Multiplies the ordinary chargers there. The city's own are for some 3 % of cars; 100 times that is more than one a car. */
  chargersFactor: { of: 'transformer', neutral: 1, least: 0, most: 100, joins: 'last' },
  /** A hub of fast chargers, W; 20 MW is larger than any today. */
  fastChargerW: { of: 'transformer', neutral: 0, least: 0, most: 20e6, joins: 'sum' },
  /** Peak of the cells added to its roofs, W; 10 MW is twenty times the largest transformer of a street. */
  pvAddedW: { of: 'transformer', neutral: 0, least: 0, most: 10e6, joins: 'sum' },
  /** What a battery holds, Wh, and the most it takes or gives, W. */
  batteryWh: { of: 'transformer', neutral: 0, least: 0, most: 200e6, joins: 'sum' },
  batteryW: { of: 'transformer', neutral: 0, least: 0, most: 50e6, joins: 'sum' },
  /** Of the transformer's rating, above which its battery gives; at 0 the model's own share. */
  batteryAboveShare: { of: 'transformer', neutral: 0, least: 0.05, most: 1.5, joins: 'last' },
  /** Share of the load of each class of buildings that does without. */
  homesShedShare: { of: 'transformer', neutral: 0, least: 0, most: 1, joins: 'sum' },
  shopsShedShare: { of: 'transformer', neutral: 0, least: 0, most: 1, joins: 'sum' },
  industryShedShare: { of: 'transformer', neutral: 0, least: 0, most: 1, joins: 'sum' },
  publicShedShare: { of: 'transformer', neutral: 0, least: 0, most: 1, joins: 'sum' },
  /** Share of the energy gone without that is drawn afterwards; above 1 when making up costs more than was saved. */
  reboundShare: { of: 'transformer', neutral: 0, least: 0, most: 1.5, joins: 'last' },
  /** A larger transformer, VA. */
  ratingAddedVa: { of: 'transformer', neutral: 0, least: 0, most: 50e6, joins: 'sum' },
  /** Yearly energy of homes and of places of work that come or, negative, go, Wh. */
  homesAddedWhPerYear: { of: 'transformer', neutral: 0, least: -1e12, most: 1e12, joins: 'sum' },
  workAddedWhPerYear: { of: 'transformer', neutral: 0, least: -1e12, most: 1e12, joins: 'sum' },
  /** The row of the bus at the other end of a bus's tie, plus one; 0 where there is none. */
  tieTo: { of: 'bus', neutral: 0, least: 1, most: 1e6, isWhole: true, joins: 'last' },
} as const satisfies KnobSpecs
