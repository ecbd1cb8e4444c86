/** Below a selected thing: what could be done if it were lost, blocked or late; a plan goes into the scenario. */
import { editOfIncident } from '../../../twin/scenario/response/incident.ts'
import type { ScenarioEdit } from '../../../twin/scenario/edits.ts'
import { sayResponse } from '../../language/responseWords.ts'
import type { Selection } from '../../layers/layer.ts'
import { incidentOfThing } from '../../shell/response/incidentOf.ts'
import { ResponsePlans } from '../../shell/response/ResponsePlans.tsx'
import type { NewEdit } from '../../../twin/scenario/thing.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'
import type { Scenario } from './useScenario.ts'

export function ThingPlans({ selection, scenario }: { selection: Selection; scenario: Scenario }) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  // a bus's line is in the mirror, which has it when there are frames
  const hasFrames = useStore(live.store, ({ pulse }) => pulse > 0)
  const incident = city && hasFrames ? incidentOfThing(selection, city, live.mirror) : undefined
  if (incident === undefined) return null
  return (
    <ResponsePlans
      key={JSON.stringify(incident)}
      incident={incident}
      tryWords={sayResponse('response.try')}
      onTry={(edits) => {
        const made = editOfIncident(incident)
        for (const edit of [...(made ? [made] : []), ...edits]) scenario.add(withoutName(edit))
      }}
    />
  )
}

/** The scenario gives its own. */
export function withoutName(edit: ScenarioEdit): NewEdit {
  const { id: _, ...rest } = edit
  return rest as NewEdit
}
