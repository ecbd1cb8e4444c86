/** How late buses run, of the whole city or of one line; pointing at a class lights its buses. */
import { useEffect } from 'react'
import { transitVehicleTable } from '../../../twin/transit/tables.ts'
import { binned, litBin } from '../../charts/bins.ts'
import { Histogram } from '../../charts/Histogram.tsx'
import { sayChart } from '../../language/chartWords.ts'
import {
  formatDuration,
  formatNumber,
  formatPercent,
  formatSigned,
  formatUnit,
} from '../../language/format.ts'
import { usePointed } from '../../state/pointing.ts'
import type { LayerContext } from '../layer.ts'
import { busesOf, type Bus } from './busPlaces.ts'
import { findTrip, pointedTrips, TRIPS } from './pointTrips.ts'

const MINUTE_S = 60
const EDGES = [-2, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18].map((minutes) => minutes * MINUTE_S)
/** A bus is on time up to here, as `measure.ts` counts. */
const ON_TIME_S = 5 * MINUTE_S

const everyBus = (): boolean => true

export function DelayHistogram({ context }: { context: LayerContext }) {
  const { city, mirror, plans, clock, pointing } = context
  useEffect(
    () => pointing.offer(findTrip({ city, mirror, plans, clock }, everyBus)),
    [pointing, city, mirror, plans, clock],
  )
  return <DelaysOf context={context} buses={busesOf(context)} title={sayChart('delays.title')} />
}

export interface DelaysOfProps {
  readonly context: LayerContext
  readonly buses: readonly Bus[]
  readonly title: string
}

export function DelaysOf({ context, buses, title }: DelaysOfProps) {
  const { pointing } = context
  const pointed = usePointed(pointing)
  const bins = binned(
    buses.map(({ delayS }) => delayS),
    EDGES,
  )
  const late = buses.filter(({ delayS }) => delayS > ON_TIME_S).length
  const tripsOf = (rows: readonly number[]) => rows.map((i) => buses[i].trip)
  const litRows =
    pointed?.table === TRIPS ? buses.flatMap(({ trip }, i) => (pointed.rows.includes(trip) ? [i] : [])) : []
  const lit = litBin(bins, litRows)
  const minutes = (durationS: number) =>
    durationS < 0 ? formatSigned(durationS / MINUTE_S) : formatNumber(durationS / MINUTE_S)
  return (
    <Histogram
      title={title}
      summary={sayChart('delays.summary', {
        all: formatUnit(buses.length, 'buses'),
        share: formatPercent(buses.length > 0 ? late / buses.length : 0),
        limit: formatDuration(ON_TIME_S),
      })}
      note={sayChart('delays.note')}
      bins={bins}
      colors={bins.map(({ from }) => (from >= ON_TIME_S ? 'var(--bus)' : 'var(--quiet-text)'))}
      words={bins.map(({ from, to, count }) =>
        sayChart('delays.class', {
          from: minutes(from),
          to: minutes(to),
          count: formatUnit(count, 'buses'),
        }),
      )}
      formatCount={(count) => formatNumber(count)}
      formatEdge={(edge, isLast) => (isLast ? `${minutes(edge)} min` : minutes(edge))}
      limit={{ at: ON_TIME_S, name: sayChart('delays.limit', { limit: formatDuration(ON_TIME_S) }) }}
      pointed={lit === undefined ? [] : [lit]}
      onPoint={(bin) =>
        pointing.point(bin === undefined ? undefined : pointedTrips(context, tripsOf(bins[bin].rows)))
      }
      onChoose={(bin) => {
        const [worst] = bins[bin].rows.toSorted((a, b) => buses[b].delayS - buses[a].delayS)
        if (worst !== undefined)
          pointing.select({ layer: 'transit', table: transitVehicleTable.name, row: buses[worst].row })
      }}
    />
  )
}
