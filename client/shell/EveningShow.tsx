/** The evening's normal life, shown from a twin that begins there. */
import { useEffect, useState } from 'react'
import { LIVE } from '../../twin/protocol/names.ts'
import { say } from '../language/language.ts'
import { useStore } from '../state/store.ts'
import { whyOf } from './faultWords.ts'
import { clockOf, EVENING_S } from './lateHour.ts'
import { useShell } from './shellContext.ts'

/** Shows the evening for as long as it is mounted, and says that it is not the present. */
export function EveningShow({ onLeave }: { onLeave: () => void }) {
  const { live } = useShell()
  const [id, setId] = useState<string>()
  const [refusal, setRefusal] = useState<string>()
  const run = useStore(live.store, ({ scenario }) => (scenario?.id === id ? scenario : undefined))
  useEffect(() => {
    let started: string | undefined
    let isGone = false
    const stop = () => {
      if (started !== undefined) void live.source.stopScenario(started)
      live.watch(LIVE)
    }
    void live.source.playStory({ kind: 'hour', atS: EVENING_S }).then((reply) => {
      if (!reply.ok) return setRefusal(whyOf(reply))
      started = reply.id
      if (isGone) return stop()
      setId(reply.id)
      live.watch(reply.id)
    })
    return () => {
      isGone = true
      stop()
    }
  }, [live])
  const why = refusal ?? run?.error
  return (
    <section className="stack" aria-label={say('late.title')}>
      <div className="row">
        <h2>{say('late.shown', { time: clockOf(EVENING_S) })}</h2>
        <button type="button" className="push" onClick={onLeave}>
          {say('blackout.reset')}
        </button>
      </div>
      {why === undefined ? (
        <p className="quiet" role="status">
          {say(run?.startMs === undefined ? 'late.starting' : 'late.what')}
        </p>
      ) : (
        <p role="alert">{say('scenario.failed', { why })}</p>
      )}
    </section>
  )
}
