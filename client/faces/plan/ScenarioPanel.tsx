/** The edits of a scenario, and the button that runs them on a fork of the present. */
import { formatDuration } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { sayPlan } from '../../language/planWords.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'
import { ActList } from './ActList.tsx'
import { BeginChoice } from './BeginChoice.tsx'
import { EditList } from './EditList.tsx'
import { cityOffers, wordsOfEdit } from './editWords.ts'
import { wordsOfFault } from './reasonWords.ts'
import type { Scenario } from './useScenario.ts'

const HORIZONS_S = [900, 1800, 3600]

/** `isBusy` while another story has the stage. */
export function ScenarioPanel({ scenario, isBusy }: { scenario: Scenario; isBusy: boolean }) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const { history } = scenario
  const isRunning = scenario.run?.state === 'running' || scenario.run?.state === 'queued'
  return (
    <section className="stack" aria-label={say('scenario.title')}>
      <div className="row">
        <h2>{say('scenario.title')}</h2>
        <button
          type="button"
          className="bare push"
          disabled={history.past.length === 0}
          aria-label={say('help.undo')}
          onClick={scenario.undo}
        >
          ↶
        </button>
        <button
          type="button"
          className="bare"
          disabled={history.future.length === 0}
          aria-label={say('help.redo')}
          onClick={scenario.redo}
        >
          ↷
        </button>
      </div>
      {history.edits.length === 0 && <p className="quiet small">{say('scenario.empty')}</p>}
      <EditList scenario={scenario} city={city} />
      <ActList label={sayPlan('list.add')} onChoose={(at) => scenario.add(cityOffers[Number(at)])}>
        {cityOffers.map((edit, i) => (
          <option key={edit.kind} value={i}>
            {wordsOfEdit(edit, city)}
          </option>
        ))}
      </ActList>
      {history.edits.length > 0 && (
        <div className="row">
          <BeginChoice scenario={scenario} />
          <label className="row">
            <span className="unseen">{say('scenario.horizon')}</span>
            <select
              value={scenario.horizonS}
              onChange={(event) => scenario.setHorizonS(Number(event.target.value))}
            >
              {[...new Set([...HORIZONS_S, scenario.horizonS])].map((horizonS) => (
                <option key={horizonS} value={horizonS}>
                  {formatDuration(horizonS)}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            className="strong grow"
            disabled={isBusy || scenario.isStarting || isRunning}
            onClick={scenario.start}
          >
            {say('scenario.run')}
          </button>
        </div>
      )}
      {scenario.fault && (
        <p role="alert">{wordsOfFault(scenario.fault, city, (why) => say('scenario.failed', { why }))}</p>
      )}
    </section>
  )
}
