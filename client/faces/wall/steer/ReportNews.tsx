/** Says on the wall what somebody has just reported, at once: its mark comes with the city's next step. */
import type { WallReport } from '../../../../twin/protocol/wallMessages.ts'
import { sayWall } from '../../../language/wallWords.ts'
import { serviceName } from '../../../shell/events.ts'
import { ServiceMark } from '../../../shell/Mark.tsx'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'

export function ReportNews({ report }: { report: WallReport | undefined }) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const services = city?.services?.services ?? []
  const service = services.findIndex(({ serviceCode }) => serviceCode === report?.serviceCode)
  return (
    <p className="wall-news" role="status">
      {report && service >= 0 && (
        <span>
          <ServiceMark shape={services[service].shape} />
          {sayWall('news', { what: serviceName(city, service) })}
        </span>
      )}
    </p>
  )
}
