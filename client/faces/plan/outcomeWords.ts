/** Measures of a run as people read them: hours, MWh, tonnes. */
import type { Surety } from '../../../twin/scenario/interval.ts'
import type { Outcome } from '../../../twin/scenario/outcome.ts'
import { formatNumber, formatPercent, withSign } from '../../language/format.ts'
import { sayPlan } from '../../language/planWords.ts'

/** By unit of the engine: what it is shown in, how much of it is one of those, and decimals. */
const shown: Readonly<
  Record<Exclude<Outcome['unit'], 'ratio'>, { scale: number; digits: number; unit: Unit }>
> = {
  h: { scale: 1, digits: 0, unit: 'unit.h' },
  km: { scale: 1, digits: 0, unit: 'unit.km' },
  kg: { scale: 1000, digits: 1, unit: 'unit.t' },
  trips: { scale: 1, digits: 0, unit: 'unit.trips' },
  vehicles: { scale: 1, digits: 0, unit: 'unit.vehicles' },
  s: { scale: 1, digits: 0, unit: 'unit.s' },
  Wh: { scale: 1e6, digits: 1, unit: 'unit.MWh' },
  pu: { scale: 1, digits: 4, unit: 'unit.pu' },
  'customer-min': { scale: 1, digits: 0, unit: 'unit.customerMin' },
  requests: { scale: 1, digits: 0, unit: 'unit.requests' },
}
type Unit =
  `unit.${'h' | 'km' | 't' | 'trips' | 'vehicles' | 's' | 'MWh' | 'pu' | 'customerMin' | 'requests'}`

type Counted = 'unit.trips' | 'unit.vehicles' | 'unit.requests'

export function formatOutcome(value: number, unit: Outcome['unit']): string {
  if (unit === 'ratio') return formatPercent(value, 1)
  const { scale, digits, unit: word } = shown[unit]
  const n = formatNumber(value / scale, digits)
  return sayPlan(n === '1' && isCounted(word) ? `${word}.one` : word, { n })
}

/** With its sign; of a share in points of a hundred, which is no share of a share. */
export function formatOutcomeChange(value: number, unit: Outcome['unit']): string {
  return withSign(value, (size) =>
    unit === 'ratio' ? sayPlan('unit.points', { n: formatNumber(size * 100, 1) }) : formatOutcome(size, unit),
  )
}

/** The difference of a measure as the two numbers that are read give it. */
export function readDifference(
  { base, edited }: Pick<Surety, 'base' | 'edited'>,
  unit: Outcome['unit'],
): number {
  const leastShown = unit === 'ratio' ? 0.001 : shown[unit].scale / 10 ** shown[unit].digits
  return (Math.round(edited / leastShown) - Math.round(base / leastShown)) * leastShown
}

/** Of one thing it is said otherwise than of several. */
function isCounted(unit: Unit): unit is Counted {
  return unit === 'unit.trips' || unit === 'unit.vehicles' || unit === 'unit.requests'
}
