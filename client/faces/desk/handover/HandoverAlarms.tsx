/** The alarms that stand at the change of shift: how each stands, since when, and of those on the shelf until when. */
import type { City } from '../../../../twin/city.ts'
import { TICKS_PER_S } from '../../../../twin/kernel/clock.ts'
import { sayDesk } from '../../../language/deskWords.ts'
import { formatClock } from '../../../language/format.ts'
import { sayIncident } from '../../../language/incidentWords.ts'
import type { Alarm } from '../../../shell/alarms.ts'
import { titleOfAlarm, valueOfAlarm } from '../../../shell/alarmThing.ts'
import { PriorityMark } from '../../../shell/Mark.tsx'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'

export function HandoverAlarms({ alarms, city }: { alarms: readonly Alarm[]; city: City | undefined }) {
  const { live } = useShell()
  const clock = useStore(live.store, (state) => state.clock)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  if (!clock || !timeZone) return null
  const timeOf = (tick: number) =>
    formatClock(clock.timeMs + ((tick - clock.tick) * 1000) / TICKS_PER_S, timeZone)
  return (
    <section>
      <h2>{sayIncident('shift.alarms')}</h2>
      {alarms.length === 0 && <p className="quiet">{sayIncident('shift.alarmsNone')}</p>}
      <ul className="plain handover-log">
        {alarms.map((alarm) => (
          <li key={alarm.id}>
            <PriorityMark priority={alarm.kind.priority} isOver={alarm.state === 'returned'} />
            <span>
              <b>{titleOfAlarm(alarm, city)}</b>{' '}
              {[
                valueOfAlarm(alarm),
                sayDesk(`priority.${alarm.kind.priority}`),
                sayDesk(`state.${alarm.state}`),
                sayDesk('desk.raised', { time: timeOf(alarm.raisedTick) }),
                alarm.state === 'shelved'
                  ? sayDesk('desk.shelvedUntil', { time: timeOf(alarm.shelvedUntilTick) })
                  : '',
                sayDesk(`owner.${alarm.kind.owner}`),
              ]
                .filter((words) => words !== '')
                .join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
