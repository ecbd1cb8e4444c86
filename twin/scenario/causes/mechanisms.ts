/**
 * The named ways in which one step of a chain brings about the next, and by whose word: what is a matter of definition, what
 * reproduces a published magnitude (each held by a test), and what is assumed, with what becomes of it when that is halved or doubled.
 */
import type { CouplingId } from '../../couplingWatch.ts'

export interface Published {
  readonly basis: 'published'
  /** What the model has, and the range that the source gives. */
  readonly value: number
  readonly range: readonly [low: number, high: number]
  readonly unit: 's/vehicle' | 'share/°C' | 'W' | 'ratio'
  readonly source: string
}

export interface Assumed {
  readonly basis: 'assumed'
  readonly value: number
  readonly unit: 'calls/customer/h' | 'calls/signal/h' | 'calls/vehicle/h' | 'share'
  /** The effect with half of it and with twice, over the effect as it is; undefined where each run says it of itself. */
  readonly sensitivity: { readonly halved: number; readonly doubled: number } | undefined
}

/** Follows from the laws of the model or from what the measure is; nothing in it was chosen. */
export interface ByDefinition {
  readonly basis: 'definition'
}

export type Mechanism = Published | Assumed | ByDefinition

const byDefinition: ByDefinition = { basis: 'definition' }

export const mechanisms = {
  /** An edit opens a switch: what hangs below it has no other way to a source. */
  switching: byDefinition,
  /** A signal is fed by one transformer. */
  darkSignals: byDefinition,
  /** A dark signal is driven as an all-way stop: seconds between two vehicles of a lane, queues at all four arms of single lanes. */
  allWayStop: {
    basis: 'published',
    value: 9.6,
    range: [9.6, 9.6],
    unit: 's/vehicle',
    source: 'Highway Capacity Manual 2000, exhibit 17-22, degree-of-conflict case 5',
  },
  /** An edit shuts a street or lanes of it, or gives a signal another plan. */
  closing: byDefinition,
  /** What works leave of each open lane's capacity when none is shut. */
  roadWorks: {
    basis: 'published',
    value: 0.858,
    range: [0.858, 0.858],
    unit: 'ratio',
    source:
      'Highway Capacity Manual, 6th edition, chapter 31 (Bonneson and Nguyen 2012, SHRP 2 L08, appendix J)',
  },
  /** An edit sets another limit, or has drivers shun a street. */
  limiting: byDefinition,
  /** More arrive than an approach lets go: they stand, back over the streets before it; others drive round, and fill those. */
  queueing: byDefinition,
  /** Vehicles on the streets, over time, are time spent there. */
  timeOnRoad: byDefinition,
  congestionDelaysBuses: byDefinition,
  /** An edit of stops, frequencies or ways of buses. */
  busEdit: byDefinition,
  /** An edit has more or fewer people travel. */
  demand: byDefinition,
  travelling: byDefinition,
  arriving: byDefinition,
  /** Of the electric cars that arrive, the share that plugs in; charging goes with it while chargers are free. */
  arrivalsCharge: {
    basis: 'assumed',
    value: 0.4,
    unit: 'share',
    sensitivity: { halved: 0.5, doubled: 2 },
  },
  /** An edit of electric cars, of chargers or of what a roof yields. */
  equipping: byDefinition,
  /** A session at a hub of fast chargers draws this in the mean. */
  fastCharging: {
    basis: 'published',
    value: 31_400,
    range: [31_000, 32_000],
    unit: 'W',
    source:
      'US Department of Energy, Vehicle Technologies Office: 2.3 million paid sessions of 2020 to 2023, 22 kWh in 42 minutes',
  },
  warming: byDefinition,
  /** More load of homes for each degree above 23 °C. */
  temperatureLoad: {
    basis: 'published',
    value: 0.02,
    range: [0.02, 0.04],
    unit: 'share/°C',
    source: 'Sailor and Pavlova 2003, Energy 28 (9), 941–951: residential, 2 to 4 % for each degree',
  },
  /** Load flows over the lines of its feeder. */
  powerFlow: byDefinition,
  outageReports: { basis: 'assumed', value: 0.1, unit: 'calls/customer/h', sensitivity: undefined },
  darkSignalReports: { basis: 'assumed', value: 2, unit: 'calls/signal/h', sensitivity: undefined },
  queueReports: { basis: 'assumed', value: 0.002, unit: 'calls/vehicle/h', sensitivity: undefined },
  /** The measure is the sum or the mean of what was found. */
  measuring: byDefinition,
} as const satisfies Readonly<Record<string, Mechanism>> & Readonly<Record<CouplingId, Mechanism>>

export type MechanismId = keyof typeof mechanisms
