/** What people reported, by who still waits: open ones first, then those that somebody has, then the closed. Keys act on the chosen one. */
import { sayIncident } from '../../../language/incidentWords.ts'
import { formatClock, formatNumber } from '../../../language/format.ts'
import type { DeskReport } from '../../../shell/incidents/deskAnswers.ts'
import { agencyName, serviceOf, whereOf } from '../../../shell/incidents/incidentThing.ts'
import { ServiceMark } from '../../../shell/Mark.tsx'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'
import { DeskList, focusList } from '../DeskList.tsx'
import { ALARMS, INCIDENTS, REPORTS } from '../lists.ts'
import type { ReportDoes } from './reportDoes.ts'

export interface ReportListProps {
  readonly reports: readonly DeskReport[]
  readonly chosen: DeskReport | undefined
  readonly does: ReportDoes
  /** Simulated ones that are open now. */
  readonly simulated: number
  onChoose(report: DeskReport): void
}

export function ReportList({ reports, chosen, does, simulated, onChoose }: ReportListProps) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const open = reports.filter(({ state }) => state === 'open' || state === 'assigned').length
  return (
    <>
      <h2>{sayIncident('report.list')}</h2>
      <p className="quiet" role="status">
        {sayIncident('report.count', { n: open, simulated: formatNumber(simulated) })}
      </p>
      {reports.length === 0 && <p className="quiet">{sayIncident('report.none')}</p>}
      <DeskList
        id={REPORTS}
        label={sayIncident('report.list')}
        rows={reports}
        chosen={chosen}
        onChoose={onChoose}
        onShow={does.show}
        keys={{
          a: does.assign,
          r: does.answer,
          m: does.merge,
          c: does.close,
          u: does.reopen,
          i: does.openIncident,
          j: does.join,
        }}
        listKeys={{ ArrowLeft: () => focusList(INCIDENTS), ArrowRight: () => focusList(ALARMS) }}
        draw={(report) => (
          <>
            <ServiceMark shape={shapeOf(report)} />
            <div className="alarm-words">
              <b>{serviceOf(report.serviceCode, city)}</b>
              <span>
                {[whereOf([report.lng, report.lat], city), report.description]
                  .filter((words) => words !== '')
                  .join(' · ')}
              </span>
              <small>
                {stateOfReport(report)}
                {timeZone && `, ${formatClock(report.openedMs ?? report.filedMs, timeZone)}`}
              </small>
            </div>
          </>
        )}
      />
    </>
  )

  function shapeOf({ serviceCode }: DeskReport) {
    return city?.services?.services.find((service) => service.serviceCode === serviceCode)?.shape ?? 'circle'
  }
}

export function stateOfReport({ state, owner }: DeskReport): string {
  const words = sayIncident(`report.${state}`)
  return state === 'assigned' && owner !== undefined ? `${words}: ${agencyName(owner)}` : words
}
