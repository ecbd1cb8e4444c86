/** Plans for an incident that began with an alarm of a substation, a feeder or a line; a plan is opened in the planner. */
import { alarmKinds } from '../../../../twin/alarms/catalogue.ts'
import { editOfIncident } from '../../../../twin/scenario/response/incident.ts'
import { sayResponse } from '../../../language/responseWords.ts'
import { handEdits } from '../../../shell/response/handedEdits.ts'
import { incidentOfAlarm } from '../../../shell/response/incidentOf.ts'
import { ResponsePlans } from '../../../shell/response/ResponsePlans.tsx'
import type { DeskIncident } from '../../../shell/incidents/deskAnswers.ts'
import { addressOf } from '../../../source/address.ts'

export function IncidentPlans({ incident: { id, parts, state } }: { incident: DeskIncident }) {
  const planned = parts.flatMap((part) => {
    if (part.what !== 'alarm' || part.isMany) return []
    const kind = alarmKinds.find((each) => each.id === part.kind)
    const found = kind && incidentOfAlarm(kind, part.source)
    return found === undefined ? [] : [found]
  })
  const [first] = planned
  if (first === undefined || state === 'cleared') return null
  return (
    <ResponsePlans
      key={id}
      incident={first}
      tryWords={sayResponse('response.open')}
      onTry={(edits) => {
        const made = editOfIncident(first)
        handEdits([...(made ? [made] : []), ...edits])
        open(addressOf('/plan'), '_blank', 'noopener')
      }}
    />
  )
}
