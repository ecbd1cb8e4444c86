/** What may be set of traffic. */
import type { KnobSpecs } from '../kernel/knob.ts'

const KMH = 1 / 3.6

export const trafficKnobs = {
  /** Multiplies the trips by car that begin from then on. */
  carTripsFactor: { of: 'city', neutral: 1, least: 0, most: 10, joins: 'product' },
  /** Lanes that nobody enters any more, counted from the kerb. One always stays open: without any, the street is closed. */
  lanesShut: { of: 'link', neutral: 0, least: 1, most: 7, isWhole: true, joins: 'sum' },
  /** The posted limit, m/s; 0 leaves it as it is. From walking pace, below which the model's queues mean nothing, to a motorway's. */
  speedLimitMps: { of: 'link', neutral: 0, least: 10 * KMH, most: 130 * KMH, joins: 'last' },
  /** What something beside the road leaves of what each lane carries. Works leave more than half (HCM); 0.3 is a street half blocked. */
  capacityFactor: { of: 'link', neutral: 1, least: 0.3, most: 1, joins: 'product' },
  /** 1: of the open lanes the one next to the kerb is for buses alone; of no effect where there is only one. */
  busLane: { of: 'link', neutral: 0, least: 1, most: 1, isWhole: true, joins: 'last' },
  /** 1: no car or truck enters, buses do; those on it drive out. */
  closedToCars: { of: 'link', neutral: 0, least: 1, most: 1, isWhole: true, joins: 'last' },
  /** 1: no bus enters, all others do. */
  closedToBuses: { of: 'link', neutral: 0, least: 1, most: 1, isWhole: true, joins: 'last' },
  /** How much longer than it is its free time counts for who chooses a route; at 20 the longest of detours is taken. */
  perceivedTimeFactor: { of: 'link', neutral: 1, least: 1, most: 20, joins: 'product' },
  /** Seconds; 0 leaves it. Within what the HCM calls usual: below 40 most of it is lost between greens, above 180 nobody waits. */
  signalCycleS: { of: 'signal', neutral: 0, least: 40, most: 180, isWhole: true, joins: 'last' },
  /** Of all green of the cycle, what the main stage gets; 0 leaves it. No stage gets less than its least green. */
  mainGreenShare: { of: 'signal', neutral: 0, least: 0.1, most: 0.9, joins: 'last' },
  /** Residents and jobs that come to a zone or, negative, go; never more go than are there. */
  residentsAdded: { of: 'zone', neutral: 0, least: -1e6, most: 1e6, joins: 'sum' },
  jobsAdded: { of: 'zone', neutral: 0, least: -1e6, most: 1e6, joins: 'sum' },
  /** Cars of visitors an hour that set out for the zone, and that leave it while any stand there; 60,000 an hour empty any stadium at once. */
  visitorsComingPerH: { of: 'zone', neutral: 0, least: 0, most: 60_000, joins: 'sum' },
  visitorsLeavingPerH: { of: 'zone', neutral: 0, least: 0, most: 60_000, joins: 'sum' },
  /** Cars of visitors that stand in the zone from before. */
  visitorsThere: { of: 'zone', neutral: 0, least: 0, most: 100_000, joins: 'sum' },
} as const satisfies KnobSpecs
