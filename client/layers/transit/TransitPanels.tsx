/** What the transit layer says in words: its legend and its inspector. */
import { lazy, Suspense } from 'react'
import { STOPS, stopLines } from './stops.ts'
import { transitVehicleTable } from '../../../twin/transit/tables.ts'
import { formatDuration } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import type { Theme } from '../../theme/theme.ts'
import { Facts } from '../Facts.tsx'
import { LastHour } from '../LastHour.tsx'
import type { LayerContext, Selection } from '../layer.ts'
import { fileOrigin, originOf } from '../origin.ts'
import { busesOf, nextStopOf } from './busPlaces.ts'

const LineStrings = lazy(() =>
  import('./LineStrings.tsx').then(({ LineStrings }) => ({ default: LineStrings })),
)

export function TransitLegend({ theme }: { theme: Theme }) {
  return (
    <ul className="legend-marks">
      <li>
        <svg width="28" height="16" aria-hidden>
          <rect x="1" y="1" width="26" height="14" rx="3" fill={theme.ground} stroke={theme.bus} />
          <text x="14" y="12" fontSize="10" textAnchor="middle" fill={theme.bus}>
            121
          </text>
        </svg>
        {say('transit.bus')}
      </li>
      <li>
        <svg width="28" height="16" aria-hidden>
          <circle cx="14" cy="8" r="3" fill={theme.ground} stroke={theme.bus} />
        </svg>
        {say('transit.stop')}
      </li>
      <li>
        <svg width="28" height="16" aria-hidden>
          <path d="M4 8H20" stroke={theme.bus} strokeDasharray="2 2" />
          <circle cx="22" cy="8" r="4" fill="none" stroke={theme.bus} strokeDasharray="2 2" />
        </svg>
        {say('transit.ghost')}
      </li>
    </ul>
  )
}

/** «3 min late», «on time», «1 min early». */
export function delayText(delayS: number): string {
  if (Math.abs(delayS) < 60) return say('transit.onTime')
  const time = formatDuration(Math.abs(delayS))
  return delayS > 0 ? say('transit.late', { time }) : say('transit.early', { time })
}

export function TransitInspector({ context, selection }: { context: LayerContext; selection: Selection }) {
  const { timetable } = context.city
  if (timetable === undefined) return null
  if (selection.table === STOPS) {
    const { row } = selection
    return (
      <Facts
        title={timetable.stops.name[row]}
        kind={say('transit.stop')}
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
