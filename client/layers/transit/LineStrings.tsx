/** The line of a bus in its direction, as strings: what was planned and what was driven, linked with the map. */
import { useEffect, useMemo } from 'react'
import { transitVehicleTable } from '../../../twin/transit/tables.ts'
import { StringDiagram, type StringMark } from '../../charts/StringDiagram.tsx'
import { drivenCourse, gapsS, type Course, type StringPoint } from '../../charts/strings.ts'
import { sayChart } from '../../language/chartWords.ts'
import { formatClock, formatDuration } from '../../language/format.ts'
import { usePointed } from '../../state/pointing.ts'
import type { LayerContext } from '../layer.ts'
import { busesOf, type Bus } from './busPlaces.ts'
import { DelaysOf } from './DelayHistogram.tsx'
import { joinedDelays, useDelays } from './delayTrail.ts'
import { alongAxis, lineAxis, tripsBetween, type LineAxis, type PlannedTrip } from './lineAxis.ts'
import { findTrip, pointedTrips, TRIPS } from './pointTrips.ts'
import { delayText } from './delayText.ts'

const MINUTE_MS = 60_000
const BEFORE_MS = 45 * MINUTE_MS
const AFTER_MS = 35 * MINUTE_MS

export function LineStrings({ context, bus }: { context: LayerContext; bus: Bus }) {
  const { city, pointing, time } = context
  const axis = useMemo(() => lineAxis(city, bus.pattern), [city, bus.pattern])
  const buses = busesOf(context).filter(({ pattern }) => axis.calls.has(pattern))
  const delays = useDelays(context, axis, buses)
  const pointed = usePointed(pointing)
  const { mirror, plans, clock } = context
  useEffect(
    () => pointing.offer(findTrip({ city, mirror, plans, clock }, ({ pattern }) => axis.calls.has(pattern))),
    [pointing, city, mirror, plans, clock, axis],
  )
  const nowMs = time?.timeMs ?? 0
  const utcOffsetS = time?.utcOffsetS ?? 0
  const minute = Math.floor(nowMs / MINUTE_MS)
  const trips = useMemo(() => {
    const window = { fromMs: minute * MINUTE_MS - BEFORE_MS, toMs: minute * MINUTE_MS + AFTER_MS, utcOffsetS }
    return tripsBetween(city, axis, window)
  }, [city, axis, minute, utcOffsetS])
  if (time === undefined) return null
  const fromMs = nowMs - BEFORE_MS
  const byTrip = new Map(buses.map((each) => [each.trip, each]))
  const samples = trips.map(({ trip }) => joinedDelays(delays, trip, fromMs, nowMs))
  const driven = trips.map(({ trip, planned }, i): Course => {
    const there = byTrip.get(trip)
    const known = there ? [...samples[i], { timeMs: nowMs, delayS: there.delayS }] : samples[i]
    return drivenCourse(planned, known, there && endOf(context, axis, there, nowMs))
  })
  const { timeZone } = city.info
  const strings = trips.map((trip, i): StringMark => {
    const there = byTrip.get(trip.trip)
    return {
      words: wordsOf(context, axis, trip, there),
      planned: trip.planned,
      driven: driven[i],
      isUnderWay: there !== undefined && driven[i].length > 0,
    }
  })
  const sinceMs = Math.min(
    nowMs,
    ...driven.flatMap((course) => course.slice(0, 1).map(({ timeMs }) => timeMs)),
  )
  return (
    <>
      <StringDiagram
        title={sayChart('transit.strings')}
        summary={summaryOf(trips, driven, buses.length, nowMs)}
        note={sayChart('transit.stringsNote', { since: formatClock(sinceMs, timeZone) })}
        timeZone={timeZone}
        fromMs={fromMs}
        toMs={nowMs + AFTER_MS}
        nowMs={nowMs}
        nowWord={sayChart('now')}
        lengthM={axis.lengthM}
        stops={axis.stops}
        strings={strings}
        color="var(--bus)"
        pointed={
          pointed?.table === TRIPS
            ? trips.flatMap(({ trip }, i) => (pointed.rows.includes(trip) ? [i] : []))
            : []
        }
        chosen={trips.findIndex(({ trip }) => trip === bus.trip)}
        onPoint={(i) => pointing.point(i === undefined ? undefined : pointedTrips(context, [trips[i].trip]))}
        onChoose={(i) => {
          const there = byTrip.get(trips[i].trip)
          if (there) pointing.select({ layer: 'transit', table: transitVehicleTable.name, row: there.row })
        }}
      />
      <DelaysOf context={context} buses={buses} title={sayChart('delays.ofLine')} />
    </>
  )
}

/** Where a bus is now; on another path than the axis's that is known by its delay alone. */
function endOf(context: LayerContext, axis: LineAxis, bus: Bus, nowMs: number): StringPoint | undefined {
  if (bus.pattern !== axis.pattern || bus.vehicle >= context.plans.rows) return undefined
  const drawn = context.plans.drawn(bus.vehicle, context.clock.tick())
  const { patterns, patternStops } = context.city.timetable!
  const next = context.mirror.table(transitVehicleTable).columns.nextStop[bus.row]
  const last = patterns.stopCount[bus.pattern] - 1
  const nextIndex = patternStops.pathIndex[patterns.firstStop[bus.pattern] + Math.min(next, last)]
  const alongM = drawn && alongAxis(axis, nextIndex, drawn)
  return alongM === undefined ? undefined : { timeMs: nowMs, alongM }
}

function wordsOf(
  { city }: LayerContext,
  axis: LineAxis,
  { pattern, planned }: PlannedTrip,
  bus: Bus | undefined,
): string {
  const start = formatClock(planned[0].timeMs, city.info.timeZone)
  const state = bus ? delayText(bus.delayS) : sayChart('transit.notUnderWay')
  const headsign = city.timetable!.patterns.headsign[pattern]
  return sayChart(pattern === axis.pattern ? 'transit.trip' : 'transit.tripOther', { start, state, headsign })
}

function summaryOf(
  trips: readonly PlannedTrip[],
  driven: readonly Course[],
  buses: number,
  nowMs: number,
): string {
  const gaps = gapsS(driven, nowMs)
  if (gaps.length === 0) return sayChart('transit.underWay', { n: buses })
  const [least, most] = [Math.min(...gaps), Math.max(...gaps)].map(formatDuration)
  const planned = formatDuration(usualHeadwayS(trips))
  return sayChart(least === most ? 'transit.gap' : 'transit.gaps', { n: buses, least, most, planned })
}

/** The middle of the planned times between one trip's start and the next. */
function usualHeadwayS(trips: readonly PlannedTrip[]): number {
  const headways = trips.slice(1).map(({ planned }, i) => planned[0].timeMs - trips[i].planned[0].timeMs)
  return (headways.toSorted((a, b) => a - b)[headways.length >> 1] ?? NaN) / 1000
}
