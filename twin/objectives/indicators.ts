/** The numbers a city is watched by, in the order of `objectives.indicators`: unit, owner and the band that counts as normal. */
import type { DomainId } from '../domains.ts'

export interface Indicator {
  readonly id: string
  readonly domain: DomainId
  /** SI; the page turns W into MW and s into minutes. */
  readonly unit:
    'vehicles' | 'ratio' | 'links' | 'signals' | 'W' | 'customers' | 'pu' | 'buses' | 's' | 'requests'
  /** Whether more is worse; undefined when it is neither. */
  readonly worseWhen: 'higher' | 'lower' | undefined
  /** Beyond this it is no longer normal. Assumed, until an owner sets a target. */
  readonly limit: number | undefined
}

export const indicators = [
  { id: 'vehicles', domain: 'traffic', unit: 'vehicles', worseWhen: undefined, limit: undefined },
  /** Speed on main streets (secondary and wider) against a lone driver's at this hour, weighted by vehicles. */
  { id: 'speedRatio', domain: 'traffic', unit: 'ratio', worseWhen: 'lower', limit: 0.5 },
  /** Main-street links under 40 % of a lone driver's speed at this hour. */
  { id: 'slowLinks', domain: 'traffic', unit: 'links', worseWhen: 'higher', limit: 400 },
  { id: 'queuedVehicles', domain: 'traffic', unit: 'vehicles', worseWhen: 'higher', limit: undefined },
  { id: 'darkSignals', domain: 'traffic', unit: 'signals', worseWhen: 'higher', limit: 0 },
  { id: 'loadW', domain: 'power', unit: 'W', worseWhen: undefined, limit: undefined },
  { id: 'lossRatio', domain: 'power', unit: 'ratio', worseWhen: 'higher', limit: 0.06 },
  { id: 'customersOut', domain: 'power', unit: 'customers', worseWhen: 'higher', limit: 0 },
  { id: 'maxFeederLoading', domain: 'power', unit: 'ratio', worseWhen: 'higher', limit: 1 },
  { id: 'minVoltagePu', domain: 'power', unit: 'pu', worseWhen: 'lower', limit: 0.95 },
  { id: 'buses', domain: 'transit', unit: 'buses', worseWhen: undefined, limit: undefined },
  { id: 'meanDelayS', domain: 'transit', unit: 's', worseWhen: 'higher', limit: 300 },
  /** Share of buses between one minute early and five minutes late. */
  { id: 'onTimeRatio', domain: 'transit', unit: 'ratio', worseWhen: 'lower', limit: 0.8 },
  { id: 'openRequests', domain: 'reports', unit: 'requests', worseWhen: 'higher', limit: undefined },
  { id: 'requestsLastHour', domain: 'reports', unit: 'requests', worseWhen: 'higher', limit: undefined },
  /** What street life leaves a lone driver of the free speed at this hour. */
  { id: 'drivingSpeedRatio', domain: 'traffic', unit: 'ratio', worseWhen: undefined, limit: undefined },
] as const satisfies readonly Indicator[]

export type IndicatorId = (typeof indicators)[number]['id']
