/** The three gravest alarms: shape, word, number, and since when this screen has seen them. */
import { useEffect, useState } from 'react'
import type { Live } from '../../state/live.ts'
import { formatClock } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { alarmsOf, wordsOfAlarm } from '../../shell/alarms.ts'
import { SeverityMark } from '../../shell/Mark.tsx'
import { useShell } from '../../shell/shellContext.ts'
import { useIndicators } from '../../shell/useIndicators.ts'
import { useStore } from '../../state/store.ts'

const SHOWN = 3

export function Alarms() {
  const { live } = useShell()
  const values = useIndicators(live)
  const timeMs = useStore(live.store, ({ clock }) => clock?.timeMs)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const alarms = alarmsOf(values)
  const since = useSince(live, alarms.map(({ id }) => id).join())
  if (timeMs === undefined || !timeZone) return <p className="quiet">{say('alarms.waiting')}</p>
  if (alarms.length === 0) return <p className="wall-calm quiet">{say('alarms.none')}</p>
  return (
    <ul className="plain wall-alarms">
      {alarms.slice(0, SHOWN).map((alarm) => {
        const { title, value } = wordsOfAlarm(alarm, values)
        return (
          <li key={alarm.id}>
            <SeverityMark severity={alarm.severity} />
            <div>
              <b>{title}</b>
              <p>
                {value}{' '}
                <small>
                  {say(`severity.${alarm.severity}`)},{' '}
                  {say('alarms.since', {
                    time: formatClock(since.get(alarm.id) ?? timeMs, timeZone),
                  })}
                </small>
              </p>
            </div>
          </li>
        )
      })}
      {alarms.length > SHOWN && <li className="quiet">{say('alarms.more', { n: alarms.length - SHOWN })}</li>}
    </ul>
  )
}

/** City time at which each of the present alarms was first seen here. */
function useSince(live: Live, present: string): ReadonlyMap<string, number> {
  const [since, setSince] = useState<ReadonlyMap<string, number>>(new Map())
  useEffect(() => {
    const note = () => {
      const timeMs = live.store.get().clock?.timeMs
      if (timeMs === undefined) return
      setSince((before) => {
        const ids = present.split(',').filter((id) => id !== '')
        const isSame = ids.length === before.size && ids.every((id) => before.has(id))
        return isSame ? before : new Map(ids.map((id) => [id, before.get(id) ?? timeMs]))
      })
    }
    return live.store.subscribe(note)
  }, [live, present])
  return since
}
