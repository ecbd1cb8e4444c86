/**
 * Every alarm there is, over all domains: what it means, what follows, what its owner does about it and how soon (ISA-18.2,
 * IEC 62682). What asks for nothing of anybody is an event, and is not here. In the order of the wire; a root before what it causes.
 */
import type { DomainId } from '../domains.ts'

/** The gravest first; how many of each may be told in ten minutes is in `gate.ts`. */
export const priorities = ['critical', 'high', 'medium'] as const
export type Priority = (typeof priorities)[number]

/** Who acts: a role at a public body or a company. */
export const owners = {
  gridControl: 'Distribution control room of the power company',
  trafficControl: 'Traffic control centre of the city',
  busControl: 'Operations control of the bus companies',
  cityServices: 'Service desk of the city',
} as const
export type OwnerId = keyof typeof owners

export interface AlarmKind {
  readonly id: string
  readonly domain: DomainId
  /** What its `source` is a row of. */
  readonly of: 'substation' | 'feeder' | 'signal' | 'street' | 'route' | 'service'
  readonly unit: 'customers' | 'ratio' | 'pu' | 'signals' | 'm' | 's' | 'requests'
  readonly priority: Priority
  readonly owner: OwnerId
  /** It is up at or beyond `limit`, and over again only `deadband` inside it. In its unit. */
  readonly limit: number
  readonly deadband: number
  readonly worseWhen: 'higher' | 'lower'
  /** How long it must be beyond the limit before it is up, and inside before it is over, seconds. */
  readonly onDelayS: number
  readonly offDelayS: number
  /** Within which its owner must have acted, seconds. */
  readonly respondS: number
  readonly cause: string
  readonly consequence: string
  readonly action: string
}

/**
 * Limits: voltage from EN 50160 (±10 % at the customer); loading over rating by definition. Delays, deadbands, times to respond
 * and the limits of traffic, buses and reports are assumed, until an owner sets them.
 */
export const alarmKinds = [
  {
    id: 'substationOut',
    domain: 'power',
    of: 'substation',
    unit: 'customers',
    priority: 'critical',
    owner: 'gridControl',
    limit: 1,
    deadband: 0,
    worseWhen: 'higher',
    onDelayS: 0,
    offDelayS: 30,
    respondS: 300,
    cause: 'A substation is out of service.',
    consequence: 'All its customers are without power; signals below it are dark.',
    action: 'Restore it, or feed its feeders from their neighbours; send officers to the worst crossings.',
  },
  {
    id: 'feederOut',
    domain: 'power',
    of: 'feeder',
    unit: 'customers',
    priority: 'high',
    owner: 'gridControl',
    limit: 1,
    deadband: 0,
    worseWhen: 'higher',
    onDelayS: 0,
    offDelayS: 30,
    respondS: 600,
    cause: 'A breaker of this feeder is open.',
    consequence: 'Customers below it are without power; signals below it are dark.',
    action: 'Find the fault, isolate it, close the breaker.',
  },
  {
    id: 'substationOverloaded',
    domain: 'power',
    of: 'substation',
    unit: 'ratio',
    priority: 'high',
    owner: 'gridControl',
    limit: 1,
    deadband: 0.05,
    worseWhen: 'higher',
    onDelayS: 60,
    offDelayS: 120,
    respondS: 1800,
    cause: 'A substation carries more than its rating.',
    consequence: 'Its transformers age fast and will trip, with all customers below.',
    action: 'Move feeders to neighbouring substations, or ask for less load.',
  },
  {
    id: 'feederOverloaded',
    domain: 'power',
    of: 'feeder',
    unit: 'ratio',
    priority: 'high',
    owner: 'gridControl',
    limit: 1,
    deadband: 0.05,
    worseWhen: 'higher',
    onDelayS: 60,
    offDelayS: 120,
    respondS: 1800,
    cause: 'A line of this feeder carries more than its rating.',
    consequence: 'The line overheats; its breaker will trip, with all customers below.',
    action: 'Move load to a neighbouring feeder, or ask chargers to wait.',
  },
  {
    id: 'voltageLow',
    domain: 'power',
    of: 'feeder',
    unit: 'pu',
    priority: 'medium',
    owner: 'gridControl',
    limit: 0.9,
    deadband: 0.01,
    worseWhen: 'lower',
    onDelayS: 300,
    offDelayS: 300,
    respondS: 3600,
    cause: 'At its far end this feeder is below 90 % of its voltage.',
    consequence: 'Appliances run badly and may fail; the limit of EN 50160 is broken.',
    action: 'Raise the tap changer, or shorten the feeder by switching.',
  },
  {
    id: 'signalsDark',
    domain: 'traffic',
    of: 'signal',
    unit: 'signals',
    priority: 'high',
    owner: 'trafficControl',
    limit: 1,
    deadband: 0,
    worseWhen: 'higher',
    onDelayS: 10,
    offDelayS: 20,
    respondS: 900,
    cause: 'A signal shows nothing.',
    consequence: 'Drivers take turns; the crossing passes fewer, and those on foot are at risk.',
    action: 'Send an officer or a generator to the busiest crossings first.',
  },
  {
    id: 'streetQueued',
    domain: 'traffic',
    of: 'street',
    unit: 'm',
    priority: 'medium',
    owner: 'trafficControl',
    limit: 600,
    deadband: 200,
    worseWhen: 'higher',
    onDelayS: 300,
    offDelayS: 300,
    respondS: 1200,
    cause: 'Long queues on one main street add up to more than 600 metres.',
    consequence: 'Crossings behind them block; buses and ambulances on it are late.',
    action: 'Look for a cause at its head; change the signal plan, or lead traffic round.',
  },
  {
    id: 'lineLate',
    domain: 'transit',
    of: 'route',
    unit: 's',
    priority: 'medium',
    owner: 'busControl',
    limit: 900,
    deadband: 300,
    worseWhen: 'higher',
    onDelayS: 300,
    offDelayS: 300,
    respondS: 1800,
    cause: 'The buses of one line run on average fifteen minutes late.',
    consequence: 'Gaps and bunches; passengers wait far longer than the timetable says.',
    action: 'Hold buses to even the gaps, turn some short, or send a spare.',
  },
  {
    id: 'requestsMany',
    domain: 'reports',
    of: 'service',
    unit: 'requests',
    priority: 'medium',
    owner: 'cityServices',
    limit: 15,
    deadband: 5,
    worseWhen: 'higher',
    onDelayS: 0,
    offDelayS: 600,
    respondS: 3600,
    cause: 'Far more reports than usual came in for one service within an hour.',
    consequence: 'Something happened that many people see; crews will fall behind.',
    action: 'Look for what they have in common, answer them together, call in a crew.',
  },
] as const satisfies readonly AlarmKind[]

export type AlarmKindId = (typeof alarmKinds)[number]['id']

export function kindIndex(id: AlarmKindId): number {
  return alarmKinds.findIndex((kind) => kind.id === id)
}
