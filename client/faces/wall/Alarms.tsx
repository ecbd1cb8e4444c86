/** The gravest alarms, new ones first: shape, word, what follows, since when; and how many there are in an hour. */
import { alarmStatisticsTable, alarmTable } from '../../../twin/alarms/tables.ts'
import { TICKS_PER_S } from '../../../twin/kernel/clock.ts'
import { sayDesk } from '../../language/deskWords.ts'
import { formatClock } from '../../language/format.ts'
import { isTold, readAlarms, type Alarm } from '../../shell/alarms.ts'
import { titleOfAlarm, valueOfAlarm } from '../../shell/alarmThing.ts'
import { PriorityMark } from '../../shell/Mark.tsx'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'
import { useFitting } from './useFitting.ts'

const SHOWN = 3

export function Alarms() {
  const { live } = useShell()
  const clock = useStore(live.store, (state) => state.clock)
  const city = useStore(live.store, (state) => state.city)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const alarms = readAlarms(live.mirror.table(alarmTable)).filter(isTold)
  const followsOf = (alarm: Alarm) =>
    [valueOfAlarm(alarm), ...alarm.consequences.map((one) => titleOfAlarm(one, city))]
      .filter((words) => words !== '')
      .join(' · ')
  const { list, fit } = useFitting(
    SHOWN,
    alarms.map((alarm) => `${alarm.id} ${alarm.state} ${followsOf(alarm)}`).join(),
    0,
  )
  const shown = Math.max(1, fit)
  if (clock === undefined || !timeZone) return <p className="quiet">{sayDesk('desk.waiting')}</p>
  const timeOf = (tick: number) =>
    formatClock(clock.timeMs + ((tick - clock.tick) * 1000) / TICKS_PER_S, timeZone)
  const statistics = live.mirror.table(alarmStatisticsTable)
  const { lastHour, lastDay, mostInTenMinutes, sinceTick } = statistics.columns
  return (
    <div ref={list}>
      {alarms.length === 0 ? (
        <p className="wall-calm quiet">{sayDesk('wall.alarms.calm')}</p>
      ) : (
        <ul className="plain wall-alarms">
          {alarms.slice(0, shown).map((alarm) => (
            <li key={alarm.id} data-state={alarm.state} data-priority={alarm.kind.priority}>
              <span className="wall-alarm-mark">
                <PriorityMark priority={alarm.kind.priority} isOver={alarm.state === 'returned'} />
              </span>
              <div>
                <b>{titleOfAlarm(alarm, city)}</b>
                <p>{followsOf(alarm)}</p>
                {fit > 0 && <small>{stateWords(alarm, timeOf(alarm.raisedTick))}</small>}
              </div>
            </li>
          ))}
          {alarms.length > shown && (
            <li className="quiet wall-more">{sayDesk('wall.alarms.more', { n: alarms.length - shown })}</li>
          )}
        </ul>
      )}
      {statistics.rows > 0 && (
        <small className="wall-rate">
          {sayDesk('wall.alarms.rate', {
            hour: lastHour[0],
            day: lastDay[0],
            since: timeOf(sinceTick[0]),
            ten: mostInTenMinutes[0],
          })}
        </small>
      )}
    </div>
  )
}

function stateWords({ kind, state }: Alarm, since: string): string {
  return [
    sayDesk(`priority.${kind.priority}`),
    sayDesk(`state.${state}`),
    sayDesk('wall.alarms.since', { time: since }),
  ].join(', ')
}
