/** The drill at the side of the map: what it is, the ten minutes, and what they came to. */
import { useEffect, useRef } from 'react'
import { sayDrill } from '../../../language/drillWords.ts'
import { formatDuration } from '../../../language/format.ts'
import { useShell } from '../../../shell/shellContext.ts'
import './drill.css'
import { DrillCheck } from './DrillCheck.tsx'
import { DrillEnd } from './DrillEnd.tsx'
import { DrillPlay } from './DrillPlay.tsx'
import { DrillStart } from './DrillStart.tsx'
import { useDrill } from './useDrill.ts'
import { useSketchedDrill } from './useSketchedDrill.ts'
import { WHOLE_S } from '../../../../twin/scenario/drill/rules.ts'

export function DrillPanel({ onLeave }: { onLeave: () => void }) {
  const { live } = useShell()
  const drill = useDrill(live)
  const { state } = drill
  const stage = drill.isStarting ? 'preparing' : state?.state
  const heading = useRef<HTMLHeadingElement>(null)
  // the button that began it is gone: keys go on from here
  useEffect(() => {
    if (stage === 'playing') heading.current?.focus()
  }, [stage])
  useSketchedDrill(live, state)
  return (
    <section className="drill stack" aria-label={sayDrill('drill.title')}>
      <div className="row">
        <h2 ref={heading} tabIndex={-1}>
          {sayDrill('drill.title')}
        </h2>
        <button
          type="button"
          className="push"
          onClick={() => {
            drill.leave()
            onLeave()
          }}
        >
          {sayDrill('drill.leave')}
        </button>
      </div>
      {drill.error !== undefined && <p role="alert">{sayDrill('drill.failed', { why: drill.error })}</p>}
      {(stage === undefined || stage === 'failed' || stage === 'stopped') && (
        <DrillStart onStart={drill.start} />
      )}
      {stage === 'queued' && <p role="status">{sayDrill('drill.queued')}</p>}
      {stage === 'preparing' && <p role="status">{sayDrill('drill.preparing')}</p>}
      {stage === 'playing' && state && <DrillPlay state={state} drill={drill} />}
      {stage === 'counting' && state && (
        <div>
          <p role="status">
            {sayDrill('drill.counting', {
              done: formatDuration(state.doneS),
              whole: formatDuration(WHOLE_S),
            })}
          </p>
          <progress max={WHOLE_S} value={state.doneS} aria-label={sayDrill('drill.end')} />
        </div>
      )}
      {stage === 'done' && state && <DrillEnd state={state} drill={drill} />}
      {(stage === undefined || stage === 'done') && <DrillCheck />}
    </section>
  )
}
