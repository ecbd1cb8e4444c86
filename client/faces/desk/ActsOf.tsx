/** What was done about one alarm, by whom and why, newest first: what the next shift reads. */
import { sayDesk } from '../../language/deskWords.ts'
import { formatClock } from '../../language/format.ts'
import type { Alarm } from '../../shell/alarms.ts'
import { getAlarmActs } from '../../shell/api.ts'
import { useShell } from '../../shell/shellContext.ts'
import { usePolled } from '../../shell/usePolled.ts'
import { useStore } from '../../state/store.ts'

/** Milliseconds. */
const ASK_MS = 3000
const SHOWN = 6
/** Source of acts on a row that stands for many, as the server keeps them. */
const MANY = 0xffffffff

export function ActsOf({ alarm }: { alarm: Alarm }) {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const { value = [] } = usePolled(getAlarmActs, ASK_MS)
  const acts = value.filter(
    ({ kind, source }) => kind === alarm.kind.id && source === (alarm.isMany ? MANY : alarm.source),
  )
  if (acts.length === 0 || !timeZone) return null
  return (
    <>
      <h3>{sayDesk('desk.done')}</h3>
      <ol className="plain entries events">
        {acts.slice(0, SHOWN).map(({ id, act, atMs, untilMs, reason, who }) => (
          <li key={id}>
            <div className="entry">
              <time>{formatClock(atMs, timeZone)}</time>
              <span>
                {who}:{' '}
                {act === 'shelve' && untilMs !== undefined
                  ? `${sayDesk('desk.shelvedUntil', { time: formatClock(untilMs, timeZone) })}. ${reason ?? ''}`
                  : sayDesk(act === 'acknowledge' ? 'act.acknowledged' : 'act.unshelved')}
              </span>
            </div>
          </li>
        ))}
      </ol>
    </>
  )
}
