/** What the transit layer says in words: its legend and its inspector. */
import { Suspense } from 'react'
import { lazyPart } from '../../state/lazyPart.ts'
import { STOPS, stopLines, stopTowards } from './stops.ts'
import { transitVehicleTable } from '../../../twin/transit/tables.ts'
import { formatDuration, formatNumber } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { Facts } from '../Facts.tsx'
import { LastHour } from '../LastHour.tsx'
import type { LayerContext, LegendProps, Selection } from '../layer.ts'
import { LegendMark } from '../LegendMark.tsx'
import { fileOrigin, originOf } from '../origin.ts'
import { countBuses, GHOSTS_FROM_ZOOM, LABELS_FROM_ZOOM, STOPS_FROM_ZOOM } from './busCounts.ts'
import { busesOf, nextStopOf } from './busPlaces.ts'
import { delayText } from './delayText.ts'

const LineStrings = lazyPart(() =>
  import('./LineStrings.tsx').then(({ LineStrings }) => ({ default: LineStrings })),
)

export function TransitLegend({ theme, context }: LegendProps) {
  const counts = context && countBuses(context)
  const isFrom = (zoom: number) => context === undefined || context.zoom >= zoom
  return (
    <>
      {counts && (
        <p className="legend-title">
          {say('transit.counted', {
            onTime: formatNumber(counts.onTime),
            late: formatNumber(counts.late),
            early: formatNumber(counts.early),
          })}
        </p>
      )}
      <ul className="legend-marks">
        {isFrom(LABELS_FROM_ZOOM) && (
          <LegendMark text={say('transit.bus')} count={counts && counts.early + counts.onTime + counts.late}>
            <svg width="28" height="16" aria-hidden>
              <rect x="1" y="1" width="26" height="14" rx="3" fill={theme.ground} stroke={theme.bus} />
              <text x="14" y="12" fontSize="10" textAnchor="middle" fill={theme.bus}>
                121
              </text>
            </svg>
          </LegendMark>
        )}
        {isFrom(STOPS_FROM_ZOOM) && (
          <LegendMark text={say('transit.stop')} count={context?.city.timetable?.stops.name.length}>
            <svg width="28" height="16" aria-hidden>
              <circle cx="14" cy="8" r="3" fill={theme.ground} stroke={theme.bus} />
            </svg>
          </LegendMark>
        )}
        {isFrom(GHOSTS_FROM_ZOOM) && (
          <LegendMark text={say('transit.ghost')} count={counts?.ghosts}>
            <svg width="28" height="16" aria-hidden>
              <path d="M4 8H20" stroke={theme.bus} strokeDasharray="2 2" />
              <circle cx="22" cy="8" r="4" fill="none" stroke={theme.bus} strokeDasharray="2 2" />
            </svg>
          </LegendMark>
        )}
      </ul>
    </>
  )
}

export function TransitInspector({ context, selection }: { context: LayerContext; selection: Selection }) {
  const { timetable } = context.city
  if (timetable === undefined) return null
  if (selection.table === STOPS) {
    const { row } = selection
    const headsign = stopTowards(context.city, row)
    return (
      <Facts
        title={timetable.stops.name[row]}
        kind={[say('transit.stop'), headsign && say('transit.towards', { headsign })]
          .filter((words) => words !== undefined)
          .join(', ')}
        facts={[
          {
            name: say('transit.lines'),
            value: stopLines(context.city, row).join(', '),
            origin: fileOrigin(context, 'transit', 'synthesised'),
          },
        ]}
      />
    )
  }
  const bus = busesOf(context).find(({ row }) => row === selection.row)
  if (bus === undefined) return null
  const of = (column: keyof typeof transitVehicleTable.columns) =>
    originOf(context, transitVehicleTable, column, bus.row)
  const next = nextStopOf(context, bus)
  return (
    <Facts
      title={say('transit.line', { line: timetable.routes.shortName[bus.route] })}
      kind={say('transit.towards', { headsign: timetable.patterns.headsign[bus.pattern] })}
      facts={[
        { name: say('transit.delay'), value: delayText(bus.delayS), origin: of('delayS') },
        {
          name: say('transit.next'),
          value: next === undefined ? '–' : timetable.stops.name[next],
          origin: of('nextStop'),
        },
        {
          name: say('transit.started'),
          value: clockText(timetable.trips.departureS[bus.trip]),
          origin: fileOrigin(context, 'transit', 'synthesised'),
        },
      ]}
    >
      <Suspense>
        <LineStrings context={context} bus={bus} />
      </Suspense>
      <LastHour
        table={transitVehicleTable.name}
        row={bus.row}
        column="delayS"
        since={{ column: 'trip', value: bus.trip }}
        title={say('transit.delay')}
        format={formatDuration}
        timeZone={context.city.info.timeZone}
      />
    </Facts>
  )
}

/** Seconds of the service day as a clock's reading. */
function clockText(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`
}
