/** What the reports layer says in words: its legend and its inspector. */
import { TICKS_PER_S } from '../../../twin/kernel/clock.ts'
import { requestCauses, requestStatuses, requestTable } from '../../../twin/reports/tables.ts'
import { formatClock, formatDay, formatDuration } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { Facts } from '../Facts.tsx'
import type { LayerContext, LegendProps, Selection } from '../layer.ts'
import { LegendMark } from '../LegendMark.tsx'
import { fileOrigin, originOf } from '../origin.ts'
import { shapePath, STOCK_FROM_ZOOM } from './reportMarks.ts'
import { serviceName } from './serviceName.ts'
import { countReports } from './shownReports.ts'

const DAY_S = 86_400

export function ReportsLegend({ theme, context }: LegendProps) {
  const counts = context && countReports(context)
  const isNear = context === undefined || context.zoom >= STOCK_FROM_ZOOM
  const closed = counts && counts.closedNews + (isNear ? counts.closedStock : 0)
  const pin = (isOpen: boolean) => (
    <svg width="16" height="16" aria-hidden>
      <path
        d={shapePath.circle}
        fill={isOpen ? theme.report : 'none'}
        stroke={theme.report}
        strokeWidth="1.5"
      />
    </svg>
  )
  return (
    <ul className="legend-marks">
      <LegendMark text={say('reports.open')} count={counts?.news}>
        {pin(true)}
      </LegendMark>
      <LegendMark text={say('reports.closed')} count={closed}>
        {pin(false)}
      </LegendMark>
      {isNear && (
        <LegendMark text={say('reports.many')} count={counts?.stock}>
          <svg width="16" height="16" aria-hidden>
            <circle cx="8" cy="8" r="7" fill="none" stroke={theme.report} />
            <text x="8" y="12" fontSize="10" textAnchor="middle" fill={theme.report}>
              7
            </text>
          </svg>
        </LegendMark>
      )}
      <LegendMark text={say('reports.shapes')}>
        {(['square', 'triangle', 'diamond'] as const).map((shape) => (
          <svg key={shape} width="16" height="16" aria-hidden>
            <path d={shapePath[shape]} fill={theme.report} />
          </svg>
        ))}
      </LegendMark>
    </ul>
  )
}

export function ReportsInspector({ context, selection }: { context: LayerContext; selection: Selection }) {
  const { city, time } = context
  const { row } = selection
  const { service, status, cause, openedTick, updatedTick } = context.mirror.table(requestTable).columns
  const { timeZone } = city.info
  const causeName = requestCauses[cause[row]] ?? 'chance'
  const of = (column: keyof typeof requestTable.columns) => originOf(context, requestTable, column, row)
  const moment = (tick: number) => {
    if (time === undefined) return '–'
    const ageS = (time.tick - tick) / TICKS_PER_S
    const timeMs = time.timeMs - ageS * 1000
    const clock = formatClock(timeMs, timeZone)
    return ageS < DAY_S
      ? `${clock}, ${say('past.ago', { age: formatDuration(ageS) })}`
      : `${formatDay(timeMs, timeZone)}, ${clock}`
  }
  return (
    <Facts
      title={serviceName(context, service[row])}
      kind={say('reports.request')}
      facts={[
        {
          name: say('reports.status'),
          value: say(`status.${requestStatuses[status[row]] ?? 'none'}`),
          origin: of('status'),
        },
        { name: say('reports.cause'), value: say(`cause.${causeName}`), origin: of('cause') },
        { name: say('reports.opened'), value: moment(openedTick[row]), origin: of('openedTick') },
        { name: say('reports.updated'), value: moment(updatedTick[row]), origin: of('updatedTick') },
        {
          name: say('reports.agency'),
          value: city.services?.services[service[row]]?.agency ?? '–',
          origin: fileOrigin(context, 'reports', 'synthesised'),
        },
      ]}
    />
  )
}
